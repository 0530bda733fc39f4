import { create } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { LeaderboardEntrySchema } from '$lib/gen/rooms_pb';
import { curveOf, record } from './standings';

const entry = (accountId: bigint, profit: bigint) => create(LeaderboardEntrySchema, { accountId, profit });

it('draws an account from when it was first seen', () => {
  record(1n, 10n, [entry(7n, 100n)]);
  const sightings = record(1n, 20n, [entry(7n, 50n), entry(8n, -50n)]);
  expect(curveOf([], sightings, 7n)).toEqual([
    { timeUs: 10n, cash: 100n },
    { timeUs: 20n, cash: 50n },
  ]);
  expect(curveOf([], sightings, 8n)).toEqual([{ timeUs: 20n, cash: -50n }]);
});

it('goes on where what was sampled ends', () => {
  const sightings = record(3n, 20n, [entry(7n, 50n)]);
  record(3n, 30n, [entry(7n, 60n)]);
  const past = [
    { timeUs: 5n, cash: 1n },
    { timeUs: 20n, cash: 49n },
  ];
  const later = record(3n, 40n, [entry(7n, 70n)]);
  expect(curveOf(past, sightings, 7n)).toEqual(past);
  expect(curveOf(past, later, 7n).map(({ cash }) => cash)).toEqual([1n, 49n, 60n, 70n]);
});

it('keeps rooms apart', () => {
  expect(record(2n, 30n, [entry(7n, 1n)])).toHaveLength(1);
});
