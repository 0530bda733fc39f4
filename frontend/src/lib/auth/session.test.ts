import { describe, expect, it } from 'vitest';
import { identityOf, judge, type Kept } from './session';

const builtIn = (name: string, token = 'a'): Kept => ({ mode: 'built-in', name, token, expires_at_us: 0 });
const oidc = (subject?: string, name?: string): Kept => ({
  mode: 'oidc',
  ...(subject ? { subject } : {}),
  ...(name ? { name } : {}),
});

describe('a tab belongs to the user it showed', () => {
  it('goes on with a newer token of the same user', () => {
    const newer = builtIn('Ann', 'b');
    expect(judge(builtIn('Ann'), newer)).toEqual({ own: true, kept: newer });
    expect(judge(oidc('1', 'Ann'), oidc('1', 'Anne'))).toMatchObject({ own: true });
  });

  it('ends when another user has signed in', () => {
    expect(judge(builtIn('Ann'), builtIn('Bob'))).toEqual({
      own: false,
      other: 'Bob',
      reason: 'Bob signed in in another tab of this browser, so Ann was signed out of this tab.',
    });
    expect(judge(oidc('1', 'Ann'), oidc('2', 'Ann'))).toMatchObject({ own: false });
    expect(judge(builtIn('Ann'), oidc('1', 'Ann'))).toMatchObject({ own: false });
    expect(judge(builtIn('Ann'), oidc())).toMatchObject({ own: false, other: 'Somebody else' });
  });

  it('ends when the user has signed out', () => {
    expect(judge(builtIn('Ann'), undefined)).toMatchObject({ own: false, other: '' });
  });

  it('learns the subject of a sign-in that an older page kept', () => {
    expect(judge(oidc(), oidc('1'))).toMatchObject({ own: true });
    expect(identityOf(oidc())).toBe('');
  });
});
