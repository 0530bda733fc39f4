// Which markets the list shows, and in which order.

import { MarketStatus, type Market, type TickerChanged } from '$lib/gen/markets_pb';
import { matches, pinnedFirst, type LabelFilter } from './labels';

export type Column =
  'name' | 'bid' | 'offer' | 'last' | 'change' | 'volume' | 'position' | 'profit' | 'orders';

export interface Sorting {
  by: Column;
  down: boolean;
}

/** What the reader has there. */
export type Mine = '' | 'position' | 'orders' | 'starred';
export type Stage = '' | 'open' | 'stopped' | 'settled';

export interface ListChoice extends LabelFilter {
  stage: Stage;
  mine: Mine;
  /** Not there: the starred ones first, then the pinned ones. */
  sorting?: Sorting | undefined;
}

export const NO_CHOICE: ListChoice = { category: '', group: '', stage: '', mine: '' };

/** Of one market, what the list says of it besides what it is. */
export interface Facts {
  ticker?: TickerChanged | undefined;
  position: bigint;
  /** undefined: never traded there. */
  profit: bigint | undefined;
  orders: number;
  starred: boolean;
}

/** Those that are wanted, as they are wanted. `words`: all of which its texts have to hold. */
export function listed(
  markets: readonly Market[],
  choice: ListChoice,
  words: readonly string[],
  factsOf: (market: Market) => Facts,
): Market[] {
  const found = markets.filter(
    (market) =>
      matches(market, choice) &&
      isOfStage(market, choice.stage) &&
      isMine(factsOf(market), choice.mine) &&
      words.every((word) => textOf(market).includes(word)),
  );
  const { sorting } = choice;
  const inOrder = pinnedFirst(found, (market) => factsOf(market).starred);
  return sorting ? sorted(inOrder, sorting, factsOf) : inOrder;
}

const textOf = ({ name, description, category, group }: Market) =>
  `${name} ${description} ${category} ${group}`.toLowerCase();

function isOfStage({ status }: Market, stage: Stage): boolean {
  if (stage === '') return true;
  if (stage === 'open') return status === MarketStatus.OPEN;
  const settled = status === MarketStatus.SETTLED;
  return stage === 'settled' ? settled : !settled && status !== MarketStatus.OPEN;
}

function isMine({ position, orders, starred }: Facts, mine: Mine): boolean {
  if (mine === 'position') return position !== 0n;
  if (mine === 'orders') return orders > 0;
  return mine === '' || starred;
}

/** What is not there comes last, whichever way the rest goes. */
function sorted(markets: Market[], { by, down }: Sorting, factsOf: (market: Market) => Facts): Market[] {
  const keys = new Map(markets.map((market) => [market, keyOf(market, factsOf(market), by)]));
  return markets.sort((a, b) => {
    const [x, y] = [keys.get(a), keys.get(b)];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
    const order = typeof x === 'string' ? x.localeCompare(String(y)) : x - Number(y);
    return down ? -order : order;
  });
}

function keyOf({ name }: Market, facts: Facts, by: Column): string | number | undefined {
  const { ticker } = facts;
  const traded = ticker?.lastPrice !== undefined;
  switch (by) {
    case 'name':
      return name;
    case 'bid':
      return ticker?.bestBid;
    case 'offer':
      return ticker?.bestOffer;
    case 'last':
      return ticker?.lastPrice;
    case 'change':
      return traded ? ticker.change24h : undefined;
    case 'volume':
      return traded ? Number(ticker.volume24h) : undefined;
    case 'position':
      return facts.position === 0n ? undefined : Number(facts.position);
    case 'profit':
      return facts.profit === undefined ? undefined : Number(facts.profit);
    case 'orders':
      return facts.orders === 0 ? undefined : facts.orders;
  }
}

/** What a press on a column's head makes of it: the greatest first (of names the first), then round, then as before. */
export function nextSorting(now: Sorting | undefined, by: Column): Sorting | undefined {
  const first = by !== 'name';
  if (now?.by !== by) return { by, down: first };
  return now.down === first ? { by, down: !first } : undefined;
}
