// The members of a room with how they do: in which order they stand, and which are looked for.

import type { MemberOverview } from '$lib/gen/people_pb';
import type { Member } from '$lib/gen/rooms_pb';

export interface MemberRow {
  id: bigint;
  name: string;
  member: Member;
  /** Undefined until it has come. */
  overview: MemberOverview | undefined;
}

export type MemberColumn = 'name' | 'role' | 'seen' | 'cash' | 'equity' | 'profit' | 'trades' | 'orders';

export interface Sorting {
  by: MemberColumn;
  descending: boolean;
}

export function rowsOf(
  members: readonly Member[],
  overviews: ReadonlyMap<bigint, MemberOverview>,
): MemberRow[] {
  return members.flatMap((member) => {
    const { user } = member;
    if (!user) return [];
    return [{ id: user.userId, name: user.name, member, overview: overviews.get(user.userId) }];
  });
}

/** Ids in the order of a column; names decide where that does not, from A to Z. */
export function orderOf(rows: readonly MemberRow[], { by, descending }: Sorting): bigint[] {
  const sign = descending ? -1 : 1;
  return [...rows]
    .sort((a, b) => {
      if (by === 'name') return sign * a.name.localeCompare(b.name);
      const [left, right] = [valueOf(a, by), valueOf(b, by)];
      return left === right ? a.name.localeCompare(b.name) : left < right ? -sign : sign;
    })
    .map(({ id }) => id);
}

/** Rows stand still while one works on them: those who came since stand last, until one sorts again. */
export function arrange(rows: readonly MemberRow[], order: readonly bigint[]): MemberRow[] {
  const place = new Map(order.map((id, index) => [id, index]));
  const placeOf = ({ id }: MemberRow) => place.get(id) ?? order.length;
  return [...rows].sort((a, b) => placeOf(a) - placeOf(b));
}

export const isNamed = ({ name }: MemberRow, search: string): boolean =>
  name.toLowerCase().includes(search.trim().toLowerCase());

function valueOf({ member, overview }: MemberRow, by: Exclude<MemberColumn, 'name'>): bigint | number {
  switch (by) {
    case 'role':
      return member.role;
    case 'seen':
      return overview?.lastSeenTimeUs ?? 0n;
    case 'orders':
      return overview?.openOrders ?? 0;
    default:
      return overview?.[by] ?? 0n;
  }
}
