import { describe, expect, it } from 'vitest';
import { OrderReason, OrderStatus } from '$lib/gen/orders_pb';
import { apply, newAggregate, TRADES_MAX, type Aggregate } from './aggregate';
import { frame, order } from './testing';

const ready = (sequence: bigint) => ({ case: 'ready', value: { sequence } }) as const;

/** Signed in at sequence 10: market 1, account 7 with 100.00 and one live order. */
function entered(): Aggregate {
  const aggregate = newAggregate();
  apply(
    aggregate,
    frame(
      10n,
      { case: 'authenticated', value: { accountId: 7n, epoch: 3n, user: { userId: 5n, name: 'ann' } } },
      { case: 'roomSnapshot', value: { room: { roomId: 1n }, markets: [{ marketId: 1n, name: 'Rain' }] } },
      {
        case: 'portfolioSnapshot',
        value: {
          accountId: 7n,
          cash: 1_000_000n,
          available: 900_000n,
          positions: [{ marketId: 1n, quantity: 200n, spent: 80_000n }],
          orders: [order({ orderId: 1n, accountId: 7n, quantity: 500, status: OrderStatus.LIVE })],
        },
      },
      ready(10n),
    ),
  );
  return aggregate;
}

describe('coming in', () => {
  it('shows nothing until the state is complete, then all of it', () => {
    const aggregate = newAggregate();
    apply(aggregate, frame(10n, { case: 'authenticated', value: { accountId: 7n } }));
    apply(aggregate, frame(10n, { case: 'roomSnapshot', value: { markets: [{ marketId: 1n }] } }));
    expect(aggregate.state.markets.size).toBe(0);
    const touched = apply(aggregate, frame(10n, ready(10n)));
    expect(aggregate.state.markets.size).toBe(1);
    expect(aggregate.state.accountId).toBe(7n);
    expect(touched.size).toBe(6);
  });

  it('keeps the sequence of the last whole frame; refusals carry none', () => {
    const aggregate = entered();
    expect(aggregate.state.sequence).toBe(10n);
    apply(aggregate, frame(12n, { case: 'subscribed', value: {} }));
    apply(aggregate, frame(0n, { case: 'requestFailed', value: { message: 'No.' } }));
    expect(aggregate.state.sequence).toBe(12n);
  });
});

describe('patches', () => {
  it('change the portfolio, and leave positions alone when cash alone moved', () => {
    const aggregate = entered();
    const portfolio = aggregate.state.portfolios.get(7n)!;
    apply(
      aggregate,
      frame(11n, { case: 'portfolioChanged', value: { accountId: 7n, cash: 5n, available: 4n } }),
    );
    expect(portfolio).toMatchObject({ cash: 5n, available: 4n });
    expect(portfolio.positions.get(1n)?.quantity).toBe(200n);
    apply(
      aggregate,
      frame(12n, {
        case: 'portfolioChanged',
        value: { accountId: 7n, cash: 5n, available: 4n, position: { marketId: 1n, quantity: -100n } },
      }),
    );
    expect(portfolio.positions.get(1n)?.quantity).toBe(-100n);
  });

  it('keep live orders in the order they were placed and drop those that ended', () => {
    const aggregate = entered();
    const place = (orderId: bigint, status: OrderStatus, remaining = 100) =>
      apply(
        aggregate,
        frame(11n, {
          case: 'orderChanged',
          value: { order: order({ orderId, accountId: 7n, quantity: 100, remaining, status }) },
        }),
      );
    place(2n, OrderStatus.LIVE);
    place(1n, OrderStatus.LIVE, 40);
    place(3n, OrderStatus.FILLED, 0);
    const orders = aggregate.state.portfolios.get(7n)!.orders;
    expect([...orders.values()].map((o) => [o.orderId, o.remaining])).toEqual([
      [1n, 40],
      [2n, 100],
    ]);
    apply(
      aggregate,
      frame(12n, {
        case: 'orderChanged',
        value: {
          order: order({
            orderId: 1n,
            accountId: 7n,
            status: OrderStatus.CANCELLED,
            reason: OrderReason.MARKET_SETTLED,
          }),
        },
      }),
    );
    expect([...orders.keys()]).toEqual([2n]);
  });

  it('of a market that is not listened to are ignored', () => {
    const aggregate = entered();
    apply(
      aggregate,
      frame(
        11n,
        { case: 'bookChanged', value: { marketId: 1n, orderId: 9n, remaining: 1 } },
        {
          case: 'traded',
          value: { trade: { marketId: 1n, tradeId: 1n } },
        },
      ),
    );
    expect(aggregate.state.books.size).toBe(0);
    expect(aggregate.state.trades.size).toBe(0);
  });

  it('add trades up to a limit', () => {
    const aggregate = entered();
    apply(
      aggregate,
      frame(10n, { case: 'tradesSnapshot', value: { marketId: 1n, trades: [{ tradeId: 1n }] } }),
    );
    for (let id = 2n; id <= BigInt(TRADES_MAX) + 5n; id++) {
      apply(aggregate, frame(11n, { case: 'traded', value: { trade: { marketId: 1n, tradeId: id } } }));
    }
    const trades = aggregate.state.trades.get(1n)!;
    expect(trades.length).toBe(TRADES_MAX);
    expect(trades.at(-1)?.tradeId).toBe(BigInt(TRADES_MAX) + 5n);
  });
});

describe('coming back', () => {
  it('resumed: keeps the state and goes on', () => {
    const aggregate = entered();
    apply(
      aggregate,
      frame(0n, { case: 'authenticated', value: { accountId: 7n, epoch: 3n, resumed: true } }),
    );
    apply(aggregate, frame(14n, { case: 'marketChanged', value: { market: { marketId: 2n } } }));
    apply(aggregate, frame(14n, ready(14n)));
    expect([...aggregate.state.markets.keys()]).toEqual([1n, 2n]);
    expect(aggregate.state.sequence).toBe(14n);
  });

  it('forget a market that was deleted, with all that was known of it', () => {
    const aggregate = entered();
    apply(
      aggregate,
      frame(
        11n,
        { case: 'marketChanged', value: { market: { marketId: 2n } } },
        { case: 'tickerChanged', value: { marketId: 2n } },
        { case: 'bookSnapshot', value: { marketId: 2n } },
        { case: 'tradesSnapshot', value: { marketId: 2n } },
      ),
    );
    const touched = apply(aggregate, frame(12n, { case: 'marketDeleted', value: { marketId: 2n } }));
    expect(touched).toEqual(new Set(['room']));
    const { markets, tickers, books, trades } = aggregate.state;
    expect([markets, tickers, books, trades].map((known) => known.has(2n))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('not resumed: shows the old state until the new one is complete', () => {
    const aggregate = entered();
    apply(aggregate, frame(3n, { case: 'authenticated', value: { accountId: 8n, epoch: 4n } }));
    apply(aggregate, frame(3n, { case: 'roomSnapshot', value: { markets: [{ marketId: 9n }] } }));
    expect(aggregate.state).toMatchObject({ epoch: 3n, sequence: 10n, accountId: 7n });
    apply(aggregate, frame(3n, ready(3n)));
    expect(aggregate.state).toMatchObject({ epoch: 4n, sequence: 3n, accountId: 8n });
    expect([...aggregate.state.markets.keys()]).toEqual([9n]);
    expect(aggregate.state.portfolios.size).toBe(0);
  });

  it('resynchronizing: forgets all but who we are', () => {
    const aggregate = entered();
    apply(aggregate, frame(0n, { case: 'resynchronizing', value: {} }));
    apply(
      aggregate,
      frame(20n, { case: 'roomSnapshot', value: { markets: [{ marketId: 4n }] } }, ready(20n)),
    );
    expect([...aggregate.state.markets.keys()]).toEqual([4n]);
    expect(aggregate.state).toMatchObject({ accountId: 7n, epoch: 3n, sequence: 20n });
  });
});
