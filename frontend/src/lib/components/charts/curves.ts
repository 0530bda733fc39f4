// Lines over time, as the chart draws them.

export interface CurvePoint {
  timeUs: bigint;
  cash: bigint;
}

export interface Curve {
  name: string;
  /** Oldest first. */
  points: readonly CurvePoint[];
  /** The reader's own: drawn stronger. */
  own?: boolean;
}

export const PALETTE = ['--curve-1', '--curve-2', '--curve-3', '--curve-4', '--curve-5'] as const;

/** How the line of a place looks: five colours, then the same ones dashed, so that no two are alike. */
export function styleOf(index: number): { colour: string; dashed: boolean } {
  return {
    colour: PALETTE[index % PALETTE.length] ?? '--accent',
    dashed: Math.floor(index / PALETTE.length) % 2 === 1,
  };
}

/** Points with rising whole seconds, in the reader's own time: of those within one second the last. */
export function drawable(
  points: readonly CurvePoint[],
  zoneSeconds: number,
): { time: number; value: number }[] {
  const drawn: { time: number; value: number }[] = [];
  for (const { timeUs, cash } of points) {
    const time = Number(timeUs / 1_000_000n) - zoneSeconds;
    // Only drawn, never reckoned with: here money may be a floating-point number.
    const value = Number(cash) / 10_000;
    const last = drawn.at(-1);
    if (last && last.time >= time) last.value = value;
    else drawn.push({ time, value });
  }
  return drawn;
}
