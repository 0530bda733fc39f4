// A field of a form about something that others can change too: while it is not touched it
// follows what is so; once it is, it holds what was typed and knows what it was typed over.

export interface Edit<T> {
  /** What the user put there. */
  mine: T;
  /** What stood there when they did. */
  seen: T;
}

/** The edit after `value` was put there; none when that is what is so already. */
export function edited<T>(edit: Edit<T> | undefined, value: T, now: T): Edit<T> | undefined {
  if (same(value, now)) return undefined;
  return { mine: value, seen: edit ? edit.seen : now };
}

export const shown = <T>(edit: Edit<T> | undefined, now: T): T => (edit ? edit.mine : now);

/** Whether there is anything to send. */
export const isChanged = <T>(edit: Edit<T> | undefined, now: T): boolean =>
  edit !== undefined && !same(edit.mine, now);

/** Whether somebody else changed it since, to something else. */
export const isOvertaken = <T>(edit: Edit<T> | undefined, now: T): boolean =>
  edit !== undefined && isChanged(edit, now) && !same(edit.seen, now);

/** By value, for texts, numbers, and sets of them. */
export function same(a: unknown, b: unknown): boolean {
  if (a instanceof Set && b instanceof Set) return a.size === b.size && [...a].every((each) => b.has(each));
  return Object.is(a, b);
}
