// What a market's owner or an elevated admin does with it.

import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  HouseBotStrength,
  MarketStatus,
  type CreateMarketSchema,
  type ForeseenSettlement,
  type HouseBotSchema,
  type Market,
  type UpdateMarketSchema,
} from '$lib/gen/markets_pb';
import { BOTS, botsWords } from '$lib/state/listing/bots';
import { STATUS_WORD } from '$lib/state/words';
import { formatPrice, priceDigits } from '$lib/units';
import { forEach, type Outcome } from './each';
import { exchange } from '$lib/app/exchange.svelte';
import { toasts } from '$lib/app/alerts/toasts.svelte';

export type MarketDraft = MessageInitShape<typeof CreateMarketSchema>;
export type MarketUpdate = MessageInitShape<typeof UpdateMarketSchema>;

/** The new market's id. */
export async function createMarket(value: MarketDraft): Promise<bigint | undefined> {
  const { event } = await exchange.request({ case: 'createMarket', value });
  if (event.case !== 'marketChanged') return undefined;
  toasts.show('done', event.value.market?.name ?? '', 'The market is open.');
  return event.value.market?.marketId;
}

export async function updateMarket({ marketId }: Market, changes: MarketUpdate): Promise<void> {
  await exchange.request({ case: 'updateMarket', value: { ...changes, marketId } });
}

const STATUS_SAID: Partial<Record<MarketStatus, string>> = {
  [MarketStatus.OPEN]: 'The market is open. Orders are accepted.',
  [MarketStatus.CANCEL_ONLY]: 'Orders can now be cancelled but not placed.',
  [MarketStatus.HALTED]: 'The market is halted. Orders can be neither placed nor cancelled.',
};

export async function setMarketStatus({ marketId }: Market, status: MarketStatus): Promise<void> {
  await exchange.request({ case: 'setMarketStatus', value: { marketId, status } });
}

export async function setHouseBots(
  { marketId }: Market,
  bots: MessageInitShape<typeof HouseBotSchema>[],
): Promise<void> {
  await exchange.request({ case: 'setHouseBots', value: { marketId, bots } });
}

/** Gives each a status, and says so. */
export async function setStatusOf(markets: readonly Market[], status: MarketStatus): Promise<void> {
  const changing = markets.filter((market) => market.status !== status);
  const outcome = await forEach(changing, (market) => setMarketStatus(market, status));
  if (changing.length === 0)
    return toasts.show('done', `The markets already are ${STATUS_WORD[status].toLowerCase()}.`);
  const [only] = changing;
  if (changing.length === 1 && only && outcome.done.length === 1) {
    return toasts.show('done', only.name, STATUS_SAID[status] ?? '', `status ${only.marketId}`);
  }
  tell(outcome, STATUS_WORD[status]);
}

/** All house bots of each at one strength; UNSPECIFIED: none. */
export async function setBotsOf(markets: readonly Market[], strength: HouseBotStrength): Promise<void> {
  const bots = strength === HouseBotStrength.UNSPECIFIED ? [] : BOTS.map(({ kind }) => ({ kind, strength }));
  const words = botsWords(bots);
  tell(
    await forEach(markets, (market) => setHouseBots(market, bots)),
    words[0]?.toUpperCase() + words.slice(1),
  );
}

export async function labelAll(markets: readonly Market[], labels: MarketUpdate): Promise<void> {
  tell(await forEach(markets, (market) => updateMarket(market, labels)), 'Labels set');
}

/** "Halted: 12 markets", and what was refused. */
function tell({ done, refused }: Outcome<Market>, what: string): void {
  const count = (many: number) => `${many} ${many === 1 ? 'market' : 'markets'}`;
  if (done.length > 0 || refused.length === 0) toasts.show('done', `${what}: ${count(done.length)}`);
  const [first] = refused;
  if (first)
    toasts.show('refused', `Not changed: ${count(refused.length)}`, `${first.item.name}: ${first.reason}`);
}

export async function deleteMarket({ marketId, name }: Market): Promise<void> {
  await exchange.request({ case: 'deleteMarket', value: { marketId } });
  toasts.show('done', name, 'The market was deleted.');
}

/** What settling at a price would pay: the market first, then those that would settle with it. */
export async function previewSettlement({ marketId }: Market, price: number): Promise<ForeseenSettlement[]> {
  const { event } = await exchange.request({ case: 'previewSettlement', value: { marketId, price } });
  return event.case === 'settlementPreviewed' ? event.value.markets : [];
}

export async function settleMarket(market: Market, price: number): Promise<void> {
  await exchange.request({ case: 'settleMarket', value: { marketId: market.marketId, price } });
  const at = formatPrice(price, priceDigits(market.tickSize));
  toasts.show('done', market.name, `The market settled at ${at}. Everyone has been paid.`);
}

export async function undoSettlement(market: Market): Promise<void> {
  await exchange.request({ case: 'undoSettlement', value: { marketId: market.marketId } });
  toasts.show('done', market.name, 'The settlement was undone. The market is halted.');
}
