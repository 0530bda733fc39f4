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
  /** Which of the looks it has. */
  look: number;
}

export const PALETTE = ['--curve-1', '--curve-2', '--curve-3', '--curve-4', '--curve-5'] as const;

/** How many curves can be told apart. */
export const LOOKS = 10;

/** How a line looks: five colours, then the same ones dashed, so that no two are alike. */
export function styleOf(index: number): { colour: string; dashed: boolean } {
  return {
    colour: PALETTE[index % PALETTE.length] ?? '--accent',
    dashed: Math.floor(index / PALETTE.length) % 2 === 1,
  };
}

/**
 * A look for each account, which it keeps as long as it is drawn, whatever its place. A newcomer gets the one that
 * its id says, if that is free: so it is the same on every screen, mostly.
 */
export function looksOf(
  accountIds: readonly bigint[],
  before: ReadonlyMap<bigint, number> = new Map(),
): Map<bigint, number> {
  const looks = new Map<bigint, number>();
  for (const id of accountIds) {
    const kept = before.get(id);
    if (kept !== undefined) looks.set(id, kept);
  }
  for (const id of accountIds) {
    if (looks.has(id)) continue;
    const taken = new Set(looks.values());
    let look = Number(id % BigInt(LOOKS));
    for (let tried = 0; taken.has(look) && tried < LOOKS; tried += 1) look = (look + 1) % LOOKS;
    looks.set(id, look);
  }
  return looks;
}

/** Points with rising whole seconds: of those within one second the last. */
export function drawable(points: readonly CurvePoint[]): { time: number; value: number }[] {
  const drawn: { time: number; value: number }[] = [];
  for (const { timeUs, cash } of points) {
    const time = Number(timeUs / 1_000_000n);
    // Only drawn, never reckoned with: here money may be a floating-point number.
    const value = Number(cash) / 10_000;
    const last = drawn.at(-1);
    if (last && last.time >= time) last.value = value;
    else drawn.push({ time, value });
  }
  return drawn;
}
