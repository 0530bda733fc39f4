// What a few letters mean among things that have names.

export interface Named {
  text: string;
  /** Other words for it. */
  also?: string;
}

/** Those that hold every word, the likeliest first: as they begin, then as a word of theirs begins, then the rest. */
export function found<T extends Named>(all: readonly T[], typed: string, most: number): T[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return all
    .map((each) => ({ each, rank: rankOf(each, words) }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => b.rank - a.rank)
    .slice(0, most)
    .map(({ each }) => each);
}

/** Below 0: it is not meant. */
function rankOf({ text, also = '' }: Named, words: readonly string[]): number {
  const name = text.toLowerCase();
  const all = `${name} ${also.toLowerCase()}`;
  let rank = 0;
  for (const word of words) {
    if (!all.includes(word)) return -1;
    if (name.startsWith(word)) rank += 4;
    else if (` ${name}`.includes(` ${word}`)) rank += 2;
    else if (name.includes(word)) rank += 1;
  }
  return rank;
}
