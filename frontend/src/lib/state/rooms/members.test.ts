import { create } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { MemberOverviewSchema } from '$lib/gen/people_pb';
import { MemberSchema, Role } from '$lib/gen/rooms_pb';
import { arrange, isNamed, orderOf, rowsOf } from './members';

const member = (userId: bigint, name: string, role: Role) =>
  create(MemberSchema, { user: { userId, name }, role });
const members = [
  member(1n, 'Cyn', Role.TRADER),
  member(2n, 'Ann', Role.ADMIN),
  member(3n, 'Bob', Role.TRADER),
];
const rows = rowsOf(
  members,
  new Map([
    [1n, create(MemberOverviewSchema, { userId: 1n, profit: -5n, lastSeenTimeUs: 30n })],
    [3n, create(MemberOverviewSchema, { userId: 3n, profit: 7n, lastSeenTimeUs: 20n })],
  ]),
);
const names = (ids: bigint[]) => ids.map((id) => rows.find((row) => row.id === id)?.name);

it('sorts by each column, and by name where that is equal', () => {
  expect(names(orderOf(rows, { by: 'name', descending: false }))).toEqual(['Ann', 'Bob', 'Cyn']);
  expect(names(orderOf(rows, { by: 'role', descending: true }))).toEqual(['Ann', 'Bob', 'Cyn']);
  expect(names(orderOf(rows, { by: 'profit', descending: true }))).toEqual(['Bob', 'Ann', 'Cyn']);
  expect(names(orderOf(rows, { by: 'seen', descending: true }))).toEqual(['Cyn', 'Bob', 'Ann']);
});

it('lets rows stand where they stood, and those who came since last', () => {
  expect(arrange(rows, [3n, 1n]).map(({ name }) => name)).toEqual(['Bob', 'Cyn', 'Ann']);
});

it('finds by a part of the name', () => {
  expect(rows.filter((row) => isNamed(row, ' YN')).map(({ name }) => name)).toEqual(['Cyn']);
});
