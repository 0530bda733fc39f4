// Several requests that one press sends, one after the other.

export interface Step {
  /** What was done then, for a sentence: "halted". */
  said: string;
  run: () => Promise<unknown>;
}

/**
 * Takes the steps in their order and says what was done. The first that is refused ends it: the error says what
 * was done, what was not, and why.
 */
export async function carryOut(steps: readonly Step[]): Promise<string> {
  const all = steps.map(({ said }) => said);
  for (const [index, { run }] of steps.entries()) {
    try {
      await run();
    } catch (failure) {
      const reason = failure instanceof Error ? failure.message : String(failure);
      const done = index > 0 ? `Saved: ${all.slice(0, index).join(', ')}. ` : '';
      throw new Error(`${done}Not saved: ${all.slice(index).join(', ')}. ${reason}`, { cause: failure });
    }
  }
  return all.length === 0 ? 'Nothing was changed.' : `Saved: ${all.join(', ')}.`;
}
