// All that it takes to take hold of own orders, fetched in one piece once a market's page stands.

import { onLadder } from './ladder';
import { OwnOrders } from './own-orders.svelte';
import OwnOrderBar from './OwnOrderBar.svelte';
import OwnQuestion from './OwnQuestion.svelte';
import type { Market } from '$lib/gen/markets_pb';

export const handlesOf = (market: () => Market) => ({
  own: new OwnOrders(market),
  onLadder,
  OwnOrderBar,
  OwnQuestion,
});

export type OwnHandles = ReturnType<typeof handlesOf>;
