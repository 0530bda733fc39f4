// What a market's owner or an elevated admin does with it.

import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  MarketStatus,
  type CreateMarketSchema,
  type HouseBotSchema,
  type Market,
  type UpdateMarketSchema,
} from '$lib/gen/markets_pb';
import { formatPrice, priceDigits } from '$lib/units';
import { exchange } from './exchange.svelte';
import { toasts } from './toasts.svelte';

export type MarketDraft = MessageInitShape<typeof CreateMarketSchema>;
export type MarketUpdate = MessageInitShape<typeof UpdateMarketSchema>;

/** The new market's id. */
export async function createMarket(value: MarketDraft): Promise<bigint | undefined> {
  const { event } = await exchange.request({ case: 'createMarket', value });
  if (event.case !== 'marketChanged') return undefined;
  toasts.show('done', event.value.market?.name ?? '', 'The market is open.');
  return event.value.market?.marketId;
}

export async function updateMarket(market: Market, changes: MarketUpdate): Promise<void> {
  const value = { ...changes, marketId: market.marketId };
  const { event } = await exchange.request({ case: 'updateMarket', value });
  if (event.case !== 'marketChanged') return;
  toasts.show('done', event.value.market?.name ?? market.name, 'Saved.');
}

const STATUS_SAID: Partial<Record<MarketStatus, string>> = {
  [MarketStatus.OPEN]: 'Open: orders are taken.',
  [MarketStatus.CANCEL_ONLY]: 'Cancel only: no new orders, cancels work.',
  [MarketStatus.HALTED]: 'Halted: no orders, no cancels.',
};

export async function setMarketStatus(market: Market, status: MarketStatus): Promise<void> {
  await exchange.request({ case: 'setMarketStatus', value: { marketId: market.marketId, status } });
  toasts.show('done', market.name, STATUS_SAID[status] ?? '');
}

export async function setHouseBots(
  market: Market,
  bots: MessageInitShape<typeof HouseBotSchema>[],
): Promise<void> {
  await exchange.request({ case: 'setHouseBots', value: { marketId: market.marketId, bots } });
  toasts.show('done', market.name, bots.length === 0 ? 'No house bots any more.' : 'House bots are set.');
}

export async function settleMarket(market: Market, price: number): Promise<void> {
  await exchange.request({ case: 'settleMarket', value: { marketId: market.marketId, price } });
  const at = formatPrice(price, priceDigits(market.tickSize));
  toasts.show('done', market.name, `Settled at ${at}. Everyone has been paid.`);
}

export async function undoSettlement(market: Market): Promise<void> {
  await exchange.request({ case: 'undoSettlement', value: { marketId: market.marketId } });
  toasts.show('done', market.name, 'The settlement is undone. The market is halted.');
}
