// What a real exchange sent while a market was busy (scripts/record.mjs), applied event by
// event, comes to what it then said the state was.

import { fromBinary } from '@bufbuild/protobuf';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { ServerFrameSchema, type ServerFrame } from '$lib/gen/exchange_pb';
import { Side } from '$lib/gen/orders_pb';
import { apply, newAggregate, type State } from './aggregate';
import { levels } from '$lib/state/trading/book';

const file = new URL('recorded.bin.gz', import.meta.url);

/** The frames of the connection that heard it all, and of the one that came afterwards. */
function recording(): [ServerFrame[], ServerFrame[]] {
  const bytes = gunzipSync(readFileSync(file));
  const connections: [ServerFrame[], ServerFrame[]] = [[], []];
  let connection = 0;
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    at += 4;
    if (length === 0) connection += 1;
    else connections[connection]!.push(fromBinary(ServerFrameSchema, bytes.subarray(at, at + length)));
    at += length;
  }
  return connections;
}

function stateAfter(frames: readonly ServerFrame[]): State {
  const aggregate = newAggregate();
  for (const frame of frames) apply(aggregate, frame);
  return aggregate.state;
}

describe('a recorded stream', () => {
  let [heard, fresh]: ServerFrame[][] = [];
  let [patched, told]: State[] = [];
  const marketId = 1n;

  beforeAll(() => {
    [heard, fresh] = recording();
    patched = stateAfter(heard!);
    told = stateAfter(fresh!);
  });

  it('is worth comparing: hundreds of changes of each kind', () => {
    const counts = new Map<string | undefined, number>();
    for (const { messages } of heard!) {
      for (const { event } of messages) counts.set(event.case, (counts.get(event.case) ?? 0) + 1);
    }
    expect(counts.get('bookChanged')).toBeGreaterThan(1_000);
    expect(counts.get('traded')).toBeGreaterThan(100);
    expect(counts.get('orderChanged')).toBeGreaterThan(100);
    expect(told!.books.get(marketId)!.orders.size).toBeGreaterThan(20);
  });

  it('ends at the same sequence', () => expect(patched!.sequence).toBe(told!.sequence));

  it('gives the same book, each level in line order', () => {
    for (const side of [Side.BUY, Side.SELL]) {
      const lines = (state: State) =>
        levels(state.books.get(marketId)!, side).map(({ price, total, orders }) => ({
          price,
          total,
          line: [...orders.values()].map(({ orderId, remaining }) => [orderId, remaining]),
        }));
      expect(lines(patched!)).toEqual(lines(told!));
    }
  });

  it('gives the same last trades', () => {
    const all = patched!.trades.get(marketId)!;
    const last = told!.trades.get(marketId)!;
    expect(all.slice(-last.length)).toEqual(last);
  });

  it('gives the same money, position and live orders', () => {
    const of = ({ portfolios, accountId }: State) => {
      const { cash, available, positions, orders, received } = portfolios.get(accountId)!;
      const byId = [...orders.values()].sort((a, b) => Number(a.orderId - b.orderId));
      return { cash, available, received, orders: byId, position: positions.get(marketId) };
    };
    expect(of(patched!)).toEqual(of(told!));
    expect(of(told!).position).toBeDefined();
  });

  it('gives the same ticker', () => {
    const ticker = ({ tickers }: State) => tickers.get(marketId);
    expect(ticker(told!)).toBeDefined();
    expect(ticker(patched!)).toEqual(ticker(told!));
  });
});
