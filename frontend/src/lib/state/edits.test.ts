import { describe, expect, it } from 'vitest';
import { edited, isChanged, isOvertaken, same, shown } from './edits';

describe('a field that others can change too', () => {
  it('follows what is so while it is not touched', () => {
    expect(shown(undefined, 'theirs')).toBe('theirs');
    expect(isChanged(undefined, 'theirs')).toBe(false);
  });

  it('holds what was typed, and is sent', () => {
    const edit = edited(undefined, 'mine', 'before');
    expect(shown(edit, 'before')).toBe('mine');
    expect(isChanged(edit, 'before')).toBe(true);
    expect(isOvertaken(edit, 'before')).toBe(false);
  });

  it('knows when somebody else changed it after it was touched', () => {
    const edit = edited(edited(undefined, 'm', 'before'), 'mine', 'theirs');
    expect(isOvertaken(edit, 'theirs')).toBe(true);
    // They did the same: nothing is to be done, or asked.
    expect(isOvertaken(edit, 'mine')).toBe(false);
    expect(isChanged(edit, 'mine')).toBe(false);
  });

  it('is untouched again when what is so is put back', () => {
    expect(edited(edited(undefined, 'mine', 'before'), 'before', 'before')).toBeUndefined();
  });

  it('compares sets by what is in them', () => {
    expect(same(new Set([1n, 2n]), new Set([2n, 1n]))).toBe(true);
    expect(same(new Set([1n]), new Set([2n]))).toBe(false);
    expect(same(new Set([1n]), new Set([1n, 2n]))).toBe(false);
  });
});
