import { create } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { MarketSchema, MarketStatus, type Market } from '$lib/gen/markets_pb';
import { haltedDependents } from './dependents';

const { OPEN, HALTED } = MarketStatus;

const plain = (marketId: bigint, status: MarketStatus) => create(MarketSchema, { marketId, status });
const optionOn = (marketId: bigint, underlyingMarketId: bigint, status: MarketStatus): Market =>
  create(MarketSchema, { marketId, status, derivedFrom: { case: 'option', value: { underlyingMarketId } } });

it('finds the halted markets that depend on some, through others too', () => {
  const rain = plain(1n, HALTED);
  const snow = plain(2n, HALTED);
  const call = optionOn(3n, 1n, OPEN);
  const callOnCall = optionOn(4n, 3n, HALTED);
  const put = optionOn(5n, 1n, HALTED);
  const all = [rain, snow, call, callOnCall, put];
  expect(haltedDependents([rain], all)).toEqual([put, callOnCall]);
  expect(haltedDependents([rain, put], all)).toEqual([callOnCall]);
  expect(haltedDependents([snow], all)).toEqual([]);
});
