import { expect, it } from 'vitest';
import { STEPS, stepAt } from './steps';

const START = { position: 0n, ownOrders: 0, settled: false };

it('goes on with what was done, one thing at a time', () => {
  expect(stepAt(0, START)).toBe(0);
  expect(stepAt(0, { ...START, position: 100n })).toBe(1);
  expect(stepAt(1, { ...START, position: 100n, ownOrders: 1 })).toBe(2);
  expect(stepAt(2, { ...START, position: 100n })).toBe(3);
  expect(stepAt(3, { ...START, settled: true })).toBe(STEPS.length);
});

it('never goes back', () => {
  expect(stepAt(1, START)).toBe(1);
});

it('ends at once when the market is settled early', () => {
  expect(stepAt(0, { ...START, settled: true })).toBe(STEPS.length);
});
