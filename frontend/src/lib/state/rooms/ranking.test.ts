import { expect, it } from 'vitest';
import { rankingOf } from './ranking';

const entry = (accountId: bigint, profit: bigint) => ({ accountId, profit });

it('gives equal profits the same rank, and the next one the place it has', () => {
  const { people } = rankingOf([entry(1n, 9n), entry(2n, 9n), entry(3n, 5n), entry(4n, 0n)], () => false);
  expect(people.map(({ rank }) => rank)).toEqual([1, 1, 3, 4]);
});

it('leaves house bots out of the ranks', () => {
  const entries = [entry(7n, 20n), entry(1n, 9n), entry(8n, 9n), entry(2n, 3n)];
  const { people, houseBots } = rankingOf(entries, (id) => id >= 7n);
  expect(people.map(({ entry: { accountId }, rank }) => [accountId, rank])).toEqual([
    [1n, 1],
    [2n, 2],
  ]);
  expect(houseBots.map(({ accountId }) => accountId)).toEqual([7n, 8n]);
});
