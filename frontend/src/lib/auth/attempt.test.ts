import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Attempt, delayMs, reasonOf } from './attempt.svelte';
import { SignInRefused } from './api';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('waits as long as it is told at least, and longer each time at most', () => {
  expect(delayMs(3_000, 0, () => 0)).toBe(3_000);
  expect(delayMs(3_000, 0, () => 1)).toBe(4_000);
  expect(delayMs(3_000, 4, () => 1)).toBe(8_000);
  expect(delayMs(3_000, 99, () => 1)).toBe(18_000);
});

it('says why, and leaves the time to the countdown', () => {
  expect(reasonOf('Many are signing up. Try again in 3 seconds.')).toBe('Many are signing up.');
  expect(reasonOf('The name is taken.')).toBe('The name is taken.');
});

it('tries again by itself until it is done', async () => {
  const act = vi
    .fn<() => Promise<void>>()
    .mockRejectedValueOnce(new SignInRefused('Many are signing up. Try again in 3 seconds.', 3_000))
    .mockResolvedValueOnce();
  const attempt = new Attempt();
  const done = attempt.run(act);
  await vi.advanceTimersByTimeAsync(0);
  expect([attempt.busy, attempt.reason]).toEqual([true, 'Many are signing up.']);
  await vi.advanceTimersByTimeAsync(4_000);
  await done;
  expect(act).toHaveBeenCalledTimes(2);
  expect([attempt.busy, attempt.reason, attempt.refused]).toEqual([false, '', '']);
});

it('gives up on what waiting does not mend, on long waits, and when told to', async () => {
  const attempt = new Attempt();
  await attempt.run(() => Promise.reject(new SignInRefused('This name is taken.')));
  expect(attempt.refused).toBe('This name is taken.');
  const late = 'Too many attempts. Try again in 3600 seconds.';
  await attempt.run(() => Promise.reject(new SignInRefused(late, 3_600_000)));
  expect(attempt.refused).toBe(late);
  const act = vi.fn(() => Promise.reject(new SignInRefused('Many are signing in.', 3_000)));
  const stopped = attempt.run(act);
  await vi.advanceTimersByTimeAsync(0);
  attempt.stop();
  await stopped;
  expect(act).toHaveBeenCalledTimes(1);
  expect([attempt.busy, attempt.refused]).toEqual([false, '']);
});
