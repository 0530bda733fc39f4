// "Tell me when Rain is at or above 60": kept in this browser, by user and room, and looked after while
// the page is open in some tab of it. Each is told once, by one tab.

import { exchange } from '$lib/app/exchange.svelte';
import { Kept } from '$lib/app/kept/kept.svelte';
import type { Market } from '$lib/gen/markets_pb';
import { alertWords, isReached, type PriceAlert } from '$lib/state/prices/price-alerts';
import { alerts } from './alerts.svelte';
import { inThisRoom } from '$lib/app/kept/in-this-room';
import { toasts } from './toasts.svelte';

const KEY = 'exchange.price-alerts';
/** In one room. */
export const ALERTS_MOST = 50;
/** A tab that is looked at goes first: what it says is seen. */
const HIDDEN_WAITS_MS = 500;
const CLAIMED_MS = 3_000;

const kept = new Kept<readonly PriceAlert[]>(KEY, [], inThisRoom);

export const priceAlerts = {
  in(marketId: bigint): PriceAlert[] {
    return kept.value.filter((alert) => alert.market === String(marketId));
  },
  /** How many there are in the room. */
  get count(): number {
    return kept.value.length;
  },
  add(market: Market, above: boolean, price: number): void {
    const alert = { market: String(market.marketId), above, price };
    kept.change((all) => [...all.filter((other) => !isSame(other, alert)), alert]);
  },
  remove(alert: PriceAlert): void {
    kept.change((all) => all.filter((other) => !isSame(other, alert)));
  },
};

const isSame = (a: PriceAlert, b: PriceAlert) =>
  a.market === b.market && a.above === b.above && a.price === b.price;

function look(marketId: bigint, lastPrice: number | undefined): void {
  for (const alert of priceAlerts.in(marketId)) {
    if (!isReached(alert, lastPrice)) continue;
    const wait = document.visibilityState === 'visible' ? 0 : HIDDEN_WAITS_MS;
    setTimeout(() => void alone(alert, () => tell(alert, lastPrice!)), wait);
  }
}

/**
 * In one tab only, where the browser can see to that. The claim outlasts the telling: what this tab takes out of the
 * browser's storage is still there for the others for a moment.
 */
async function alone(alert: PriceAlert, work: () => void): Promise<void> {
  const { locks } = navigator as Partial<Navigator>;
  if (!locks) return work();
  const name = `${KEY} ${alert.market} ${alert.above} ${alert.price}`;
  await locks.request(name, { ifAvailable: true }, async (claim) => {
    if (!claim) return;
    work();
    await new Promise((resolve) => setTimeout(resolve, CLAIMED_MS));
  });
}

function tell(alert: PriceAlert, lastPrice: number): void {
  // Another tab was first, or it was taken back.
  let there = false;
  kept.change((all) => {
    there = all.some((other) => isSame(other, alert));
    return all.filter((other) => !isSame(other, alert));
  });
  const market = exchange.market(BigInt(alert.market));
  if (!there || !market) return;
  const words = alertWords(alert, lastPrice, market);
  toasts.show('alert', market.name, words);
  alerts.price(market.name, words);
}

let watching = false;

/** From now on; once is enough. */
export function watchPrices(): void {
  if (watching) return;
  watching = true;
  // Also while nobody looks at the page: then nothing is drawn.
  exchange.onMessage(({ event }) => {
    if (event.case === 'tickerChanged') look(event.value.marketId, event.value.lastPrice);
  });
  // What has happened before one came, or came back.
  $effect.root(() => {
    $effect(() => {
      if (!exchange.ready || !exchange.room) return;
      for (const { marketId } of exchange.markets) look(marketId, exchange.ticker(marketId)?.lastPrice);
    });
  });
}
