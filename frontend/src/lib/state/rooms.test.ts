import { describe, expect, it } from 'vitest';
import { TransferKind } from '$lib/gen/money_pb';
import { Side } from '$lib/gen/orders_pb';
import { AccountRole, JoinPolicy, Role } from '$lib/gen/rooms_pb';
import { Resynchronizing_Reason } from '$lib/gen/session_pb';
import { apply, newAggregate, TRANSFERS_MAX, type Aggregate } from './aggregate';
import { frame, order } from './testing';

const ready = (sequence: bigint) => ({ case: 'ready', value: { sequence } }) as const;
const ann = { userId: 5n, name: 'ann' };
const bob = { userId: 6n, name: 'bob' };

/** Ann in room 1 with account 7, at sequence 10; room 2 is open to her. */
function entered(): Aggregate {
  const aggregate = newAggregate();
  apply(
    aggregate,
    frame(
      10n,
      {
        case: 'authenticated',
        value: {
          accountId: 7n,
          epoch: 3n,
          user: ann,
          roomId: 1n,
          roomsLeft: 2,
          rooms: [
            { roomId: 1n, slug: 'main', role: Role.TRADER },
            { roomId: 2n, slug: 'class', joinPolicy: JoinPolicy.OPEN },
          ],
        },
      },
      {
        case: 'roomSnapshot',
        value: {
          room: { roomId: 1n, slug: 'main', name: 'Main' },
          markets: [{ marketId: 1n, name: 'Rain' }],
          accounts: [{ accountId: 7n, name: 'ann' }],
          members: [{ user: ann, role: Role.TRADER }],
        },
      },
      {
        case: 'portfolioSnapshot',
        value: {
          accountId: 7n,
          cash: 100n,
          received: 100n,
          cancelTimeUs: 9n,
          members: [{ userId: 5n, role: AccountRole.OWNER }],
          transfers: [{ transferId: 1n, toAccountId: 7n, amount: 100n, kind: TransferKind.OPENING }],
        },
      },
      ready(10n),
    ),
  );
  return aggregate;
}

describe('rooms', () => {
  it('come with our role in each; one we may only enter has none', () => {
    const { state } = entered();
    expect([...state.rooms.keys()]).toEqual([1n, 2n]);
    expect(state.roles).toEqual(new Map([[1n, Role.TRADER]]));
    expect(state.roomsLeft).toBe(2);
  });

  it('change, and keep our role, which RoomChanged does not carry', () => {
    const aggregate = entered();
    apply(
      aggregate,
      frame(11n, {
        case: 'roomChanged',
        value: { room: { roomId: 1n, slug: 'main', name: 'Monday', archived: true } },
      }),
    );
    expect(aggregate.state.room).toMatchObject({ name: 'Monday', archived: true });
    expect(aggregate.state.rooms.get(1n)?.name).toBe('Monday');
    expect(aggregate.state.roles.get(1n)).toBe(Role.TRADER);
  });

  it('appear when we become a member, and vanish with it unless they are open to all', () => {
    const aggregate = entered();
    const member = (roomId: bigint, role: Role) =>
      ({ case: 'membershipChanged', value: { roomId, role } }) as const;
    apply(
      aggregate,
      frame(11n, { case: 'roomChanged', value: { room: { roomId: 3n, joinPolicy: JoinPolicy.INVITE } } }),
    );
    apply(aggregate, frame(11n, member(3n, Role.TRADER), member(2n, Role.TRADER)));
    expect([...aggregate.state.roles.keys()]).toEqual([1n, 3n, 2n]);
    apply(aggregate, frame(12n, member(3n, Role.UNSPECIFIED), member(2n, Role.UNSPECIFIED)));
    expect([...aggregate.state.rooms.keys()]).toEqual([1n, 2n]);
    expect([...aggregate.state.roles.keys()]).toEqual([1n]);
  });

  it('of our own count against how many we may open, until they are archived', () => {
    const aggregate = entered();
    const own = (archived: boolean) =>
      apply(
        aggregate,
        frame(11n, { case: 'roomChanged', value: { room: { roomId: 4n, ownerUserId: 5n, archived } } }),
      );
    own(false);
    own(false);
    expect(aggregate.state.roomsLeft).toBe(1);
    own(true);
    expect(aggregate.state.roomsLeft).toBe(2);
  });

  it('entered: nothing of the old one is left, admin powers are off, and we act as who we are there', () => {
    const aggregate = entered();
    apply(aggregate, frame(11n, { case: 'elevationChanged', value: { elevated: true } }));
    apply(
      aggregate,
      frame(12n, { case: 'roomEntered', value: { roomId: 2n, accountId: 8n, role: Role.TRADER } }),
    );
    expect(aggregate.state.room?.roomId).toBe(1n);
    apply(
      aggregate,
      frame(12n, { case: 'roomSnapshot', value: { room: { roomId: 2n, slug: 'class' } } }, ready(12n)),
    );
    expect(aggregate.state).toMatchObject({ accountId: 8n, elevated: false, epoch: 3n, sequence: 12n });
    expect(aggregate.state.room?.roomId).toBe(2n);
    expect(aggregate.state.markets.size).toBe(0);
    expect(aggregate.state.portfolios.size).toBe(0);
    expect(aggregate.state.roles.get(2n)).toBe(Role.TRADER);
  });

  it('left: taken out, we are in none, at once and without a Ready', () => {
    const aggregate = entered();
    apply(aggregate, frame(11n, { case: 'resynchronizing', value: {} }));
    const touched = apply(aggregate, frame(11n, { case: 'roomEntered', value: { roomId: 0n } }));
    expect(aggregate.building).toBeUndefined();
    expect(aggregate.state).toMatchObject({ room: undefined, accountId: 0n, user: { name: 'ann' } });
    expect(touched.size).toBe(6);
    apply(aggregate, frame(11n, ready(11n)));
    expect(aggregate.state.room).toBeUndefined();
  });
});

describe('people', () => {
  it('come, change and go', () => {
    const aggregate = entered();
    const changed = (role: Role, removed = false) =>
      apply(
        aggregate,
        frame(11n, { case: 'memberChanged', value: { member: { user: bob, role }, removed } }),
      );
    changed(Role.TRADER);
    changed(Role.SPECTATOR);
    expect(aggregate.state.members.get(6n)?.role).toBe(Role.SPECTATOR);
    changed(Role.UNSPECIFIED, true);
    expect([...aggregate.state.members.keys()]).toEqual([5n]);
  });

  it('share accounts: who may act as one of ours', () => {
    const aggregate = entered();
    const members = [
      { userId: 5n, role: AccountRole.OWNER },
      { userId: 6n, role: AccountRole.TRADER },
    ];
    apply(aggregate, frame(11n, { case: 'accountMembersChanged', value: { accountId: 7n, members } }));
    expect(aggregate.state.portfolios.get(7n)?.members.map(({ userId }) => userId)).toEqual([5n, 6n]);
  });

  it('act as another account, and stay who they are when snapshots come again', () => {
    const aggregate = entered();
    apply(aggregate, frame(11n, { case: 'actingAs', value: { accountId: 9n } }));
    expect(aggregate.state.accountId).toBe(9n);
    apply(
      aggregate,
      frame(0n, { case: 'resynchronizing', value: { reason: Resynchronizing_Reason.RIGHTS_CHANGED } }),
    );
    apply(aggregate, frame(12n, { case: 'roomSnapshot', value: { room: { roomId: 1n } } }, ready(12n)));
    expect(aggregate.state).toMatchObject({ accountId: 9n, roomsLeft: 2 });
    expect(aggregate.state.roles.get(1n)).toBe(Role.TRADER);
  });

  it('lose an account while snapshots come: the exchange says whom they act as instead', () => {
    const aggregate = entered();
    apply(aggregate, frame(11n, { case: 'actingAs', value: { accountId: 9n } }));
    apply(aggregate, frame(0n, { case: 'resynchronizing', value: {} }));
    apply(aggregate, frame(12n, { case: 'actingAs', value: { accountId: 7n } }));
    expect(aggregate.state.accountId).toBe(9n);
    apply(aggregate, frame(12n, { case: 'roomSnapshot', value: { room: { roomId: 1n } } }, ready(12n)));
    expect(aggregate.state.accountId).toBe(7n);
  });
});

describe('money', () => {
  const transfer = (
    transferId: bigint,
    fields: { fromAccountId?: bigint; toAccountId?: bigint; kind?: TransferKind },
  ) =>
    ({
      case: 'transferMade',
      value: { transfer: { transferId, amount: 30n, kind: TransferKind.TRANSFER, ...fields } },
    }) as const;
  const ours = (aggregate: Aggregate) => aggregate.state.portfolios.get(7n)!;

  it('moves: kept once however often it is told, and counted as received', () => {
    const aggregate = entered();
    apply(aggregate, frame(11n, transfer(2n, { fromAccountId: 7n }), transfer(2n, { fromAccountId: 7n })));
    expect(ours(aggregate).transfers.map(({ transferId }) => transferId)).toEqual([1n, 2n]);
    expect(ours(aggregate).received).toBe(70n);
    apply(aggregate, frame(12n, transfer(3n, { toAccountId: 7n, kind: TransferKind.GRANT })));
    expect(ours(aggregate).received).toBe(100n);
  });

  it('paid as a fee is a cost, not money given', () => {
    const aggregate = entered();
    apply(aggregate, frame(11n, transfer(2n, { fromAccountId: 7n, kind: TransferKind.FEE })));
    expect(ours(aggregate).received).toBe(100n);
    expect(ours(aggregate).transfers.length).toBe(2);
  });

  it('of others is none of ours, and only the last transfers are kept', () => {
    const aggregate = entered();
    apply(aggregate, frame(11n, transfer(2n, { fromAccountId: 8n, toAccountId: 9n })));
    expect(ours(aggregate).transfers.length).toBe(1);
    expect(aggregate.state.portfolios.size).toBe(1);
    for (let id = 3n; id < 120n; id++) apply(aggregate, frame(12n, transfer(id, { toAccountId: 7n })));
    expect(ours(aggregate).transfers.length).toBe(TRANSFERS_MAX);
    expect(ours(aggregate).transfers.at(-1)?.transferId).toBe(119n);
  });
});

describe('orders', () => {
  it('have a dead man’s switch', () => {
    const aggregate = entered();
    expect(aggregate.state.portfolios.get(7n)?.cancelTimeUs).toBe(9n);
    apply(aggregate, frame(11n, { case: 'cancelAfterChanged', value: { accountId: 7n, cancelTimeUs: 0n } }));
    expect(aggregate.state.portfolios.get(7n)?.cancelTimeUs).toBe(0n);
  });

  it('tell which trades were ours, in anonymous markets too', () => {
    const aggregate = entered();
    apply(
      aggregate,
      frame(11n, {
        case: 'orderChanged',
        value: {
          order: order({ orderId: 1n, accountId: 7n, quantity: 100, side: Side.SELL }),
          fills: [{ tradeId: 4n, price: 1, quantity: 1 }],
        },
      }),
    );
    expect(aggregate.state.ownTrades.get(4n)).toEqual({ accountId: 7n, side: Side.SELL });
  });
});
