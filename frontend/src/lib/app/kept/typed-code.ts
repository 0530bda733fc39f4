// The join code that somebody signed up with: the room asks for the same one right after.

let kept = { room: '', code: '' };

export const keepTypedCode = (room: string, code: string): void => void (kept = { room, code });

/** Once, and for its room only: a wrong one is not tried again by itself. */
export function takeTypedCode(room: string): string {
  const code = kept.room === room ? kept.code : '';
  kept = { room: '', code: '' };
  return code;
}
