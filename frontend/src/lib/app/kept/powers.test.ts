import { beforeEach, expect, it, vi } from 'vitest';
import { forgetPowers, hadPowers, isUse, keepPowers, POWERS_LAST_MS } from './powers';

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
});

it('keeps them for a quarter of an hour since their last use, and for one user', () => {
  expect(hadPowers('ann', 0)).toBe(false);
  keepPowers('ann', 0);
  expect(hadPowers('ann', POWERS_LAST_MS - 1)).toBe(true);
  expect(hadPowers('ann', POWERS_LAST_MS)).toBe(false);
  expect(hadPowers('bob', 1)).toBe(false);
  expect(hadPowers('', 1)).toBe(false);
  keepPowers('ann', 60_000);
  expect(hadPowers('ann', POWERS_LAST_MS)).toBe(true);
  forgetPowers();
  expect(hadPowers('ann', 60_001)).toBe(false);
});

it.each<[string, boolean]>([
  ['settleMarket', true],
  ['updateRoom', true],
  ['grant', true],
  ['getLeaderboard', false],
  ['previewOrder', false],
  ['enterRoom', false],
])('counts %s as a use of them: %s', (request, uses) => expect(isUse(request)).toBe(uses));
