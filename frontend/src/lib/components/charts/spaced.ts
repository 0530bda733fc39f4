/**
 * Which of some places, in pixels from the left and in order, have room beside the one chosen before; those that
 * are undefined are not in view. Their indices. `widths`: how wide what stands at each is, or all of them.
 */
export function spaced(
  places: readonly (number | undefined)[],
  widths: number | readonly number[],
): number[] {
  const half = (index: number) => (typeof widths === 'number' ? widths : (widths[index] ?? 0)) / 2;
  const chosen: number[] = [];
  let end = -Infinity;
  places.forEach((place, index) => {
    if (place === undefined || place - half(index) < end) return;
    chosen.push(index);
    end = place + half(index);
  });
  return chosen;
}
