import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { MarketStatus, OptionKind } from '$lib/gen/markets_pb';
import { TransferKind } from '$lib/gen/money_pb';
import { OrderReason, Side } from '$lib/gen/orders_pb';
import { NoticeSchema } from '$lib/gen/people_pb';
import { Role } from '$lib/gen/rooms_pb';
import { isAnnounced, wordsOfNotice, type NoticeNames } from './notices';

const names: NoticeNames = {
  user: (id) => (id === 2n ? 'Ann' : ''),
  account: (id) => (id === 7n ? 'Bob' : id === 8n ? 'Desk' : 'Cyn'),
  market: (id) => (id === 4n ? 'Rain' : 'Snow'),
  room: 'Main',
  personalAccountId: 7n,
};

const say = (notice: MessageInitShape<typeof NoticeSchema>) =>
  wordsOfNotice(create(NoticeSchema, { byUserId: 2n, ...notice }), names);
const money = (kind: TransferKind, toAccountId: bigint, accountId = toAccountId) =>
  say({
    accountId,
    what: { case: 'transfer', value: { amount: 500_0000n, memo: 'Well done', kind, toAccountId } },
  }).text;

it('says what money came, and why', () => {
  expect(money(TransferKind.GRANT, 7n)).toBe('Ann granted you 500.00: “Well done”.');
  expect(money(TransferKind.GRANT, 1n, 7n)).toBe('Ann took 500.00 back from you: “Well done”.');
  expect(money(TransferKind.TRANSFER, 7n)).toBe('Ann sent you 500.00: “Well done”.');
  expect(money(TransferKind.TRANSFER, 8n)).toBe('Ann sent Desk 500.00: “Well done”.');
  expect(money(TransferKind.TRANSFER, 9n, 8n)).toBe('Ann sent 500.00 from Desk to Cyn: “Well done”.');
});

it('says what a settlement paid and made, and what undoing it took', () => {
  const value = { price: 60_00, position: 200n, paid: 120_0000n, profit: 40_0000n };
  expect(say({ marketId: 4n, accountId: 7n, what: { case: 'settled', value } })).toEqual({
    title: 'Rain',
    text: 'Settled at 60.00. You held +2 and were paid 120.00. You made 40.00 in this market.',
    to: { marketId: 4n },
  });
  const short = { price: 60_00, position: -200n, paid: -120_0000n, profit: -40_0000n };
  expect(say({ marketId: 4n, accountId: 8n, what: { case: 'settled', value: short } }).text).toBe(
    'Settled at 60.00. You held −2 and paid 120.00. You lost 40.00 in this market. (Account Desk)',
  );
  expect(say({ marketId: 4n, accountId: 7n, what: { case: 'undone', value } }).text).toBe(
    'Ann undid the settlement at 60.00. 120.00 was taken back, and you hold +2 again.',
  );
});

it('says who changed a market, and why orders ended', () => {
  expect(say({ marketId: 4n, what: { case: 'status', value: MarketStatus.HALTED } }).text).toBe(
    'Ann halted the market: you can neither place nor cancel orders.',
  );
  expect(say({ byUserId: 0n, marketId: 4n, what: { case: 'status', value: MarketStatus.OPEN } }).text).toBe(
    'The exchange opened the market.',
  );
  const one = { reason: OrderReason.EXPIRED, orders: 1, side: Side.SELL, price: 40_00, quantity: 250 };
  expect(say({ marketId: 4n, accountId: 7n, what: { case: 'cancelled', value: one } }).text).toBe(
    'Your order to sell 2.50 at 40.00 was cancelled: it expired.',
  );
  const many = { ...one, orders: 12, reason: OrderReason.NO_TRADER };
  expect(say({ marketId: 4n, accountId: 7n, what: { case: 'cancelled', value: many } }).text).toBe(
    '12 of your orders were cancelled: the account has no trader any more.',
  );
  const option = { kind: OptionKind.CALL, underlyingMarketId: 5n, strike: 50_00 };
  expect(
    say({ marketId: 4n, accountId: 7n, what: { case: 'assigned', value: { quantity: 100, option } } }).text,
  ).toBe('1 of the options that you were short of was exercised. You sold 1 of Snow at 50.00.');
});

it('says what became of one’s role and of the room', () => {
  expect(say({ what: { case: 'role', value: Role.ADMIN } }).text).toBe(
    'Ann made you an admin of this room. Turn on admin powers when you need them.',
  );
  expect(say({ what: { case: 'archived', value: true } }).text).toBe(
    'Ann archived the room. It can be viewed but not changed.',
  );
});

it('does not say twice what the page says as it happens', () => {
  const notice = (reason: OrderReason, accountId: bigint) =>
    create(NoticeSchema, { accountId, what: { case: 'cancelled', value: { reason } } });
  expect(isAnnounced(notice(OrderReason.EXPIRED, 7n), 7n)).toBe(true);
  expect(isAnnounced(notice(OrderReason.EXPIRED, 7n), 8n)).toBe(false);
  expect(isAnnounced(notice(OrderReason.NO_TRADER, 7n), 7n)).toBe(false);
});
