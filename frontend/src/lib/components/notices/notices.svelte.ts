// What we were told in this room: from the server's record, so that it is there tomorrow too. As something happens that may
// concern us, the newest are asked for and shown.

import { marketAddress, pathTo } from '$lib/app/addresses';
import { exchange } from '$lib/app/exchange.svelte';
import { toasts } from '$lib/app/alerts/toasts.svelte';
import type { ServerMessage } from '$lib/gen/exchange_pb';
import type { MarketStatus } from '$lib/gen/markets_pb';
import { OrderStatus } from '$lib/gen/orders_pb';
import type { Notice } from '$lib/gen/people_pb';
import { isAnnounced, wordsOfNotice, type NoticeWords } from '$lib/state/rooms/notices';

const AT_A_TIME = 30;
/** What happens together is asked for once; and not by a whole class in the same moment. */
const CALM_MS = 250;
const SPREAD_MS = 500;
/** Beyond it nobody reads along: the bell's count says how many. */
const TOASTS_MAX = 3;

export class Notices {
  /** Newest first; undefined until they have come. */
  list = $state.raw<Notice[]>();
  readSequence = $state(0n);
  busy = $state(false);
  refused = $state('');
  #next = $state(0n);
  /** Questions asked: an answer to an earlier one is for a list that is no longer shown. */
  #asked = 0;
  #statuses = new Map<bigint, MarketStatus>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly hasMore = $derived(this.#next !== 0n);
  readonly unread = $derived((this.list ?? []).filter(({ sequence }) => sequence > this.readSequence).length);
  /** There may be more unread ones than were asked for. */
  readonly unreadWord = $derived(
    this.hasMore && this.unread === this.list?.length ? `${this.unread}+` : String(this.unread),
  );

  /** Asks for the newest, now and whenever something happens. Returns the end of it. */
  follow(): () => void {
    this.list = undefined;
    this.#statuses = new Map(exchange.markets.map(({ marketId, status }) => [marketId, status]));
    void this.refresh();
    const end = exchange.onMessage((message) => {
      if (message.event.case === 'noticesRead') this.readSequence = message.event.value.sequence;
      else if (this.#statusChanged(message) || mayConcern(message)) this.#refreshSoon();
    });
    return () => {
      end();
      clearTimeout(this.#timer);
    };
  }

  refresh(): Promise<void> {
    return this.#ask(0n, (notices, next) => {
      const before = this.list;
      const oldest = notices.at(-1)?.sequence ?? 0n;
      const joins = before?.some(({ sequence }) => sequence >= oldest) ?? false;
      if (!joins) this.#next = next;
      this.list = joins
        ? [...notices, ...(before ?? []).filter(({ sequence }) => sequence < oldest)]
        : notices;
      if (before) this.#announce(notices.filter(({ sequence }) => sequence > (before[0]?.sequence ?? 0n)));
    });
  }

  more(): Promise<void> {
    return this.#ask(this.#next, (notices, next) => {
      this.list = [...(this.list ?? []), ...notices];
      this.#next = next;
    });
  }

  async markRead(): Promise<void> {
    const sequence = this.list?.[0]?.sequence ?? 0n;
    if (sequence <= this.readSequence) return;
    try {
      await exchange.request({ case: 'markNoticesRead', value: { sequence } });
    } catch {
      // They stay unread, and are marked the next time.
    }
  }

  /** A market's labels or bots concern nobody; its status, those who are in it. */
  #statusChanged({ event, requestId }: ServerMessage): boolean {
    const market = event.case === 'marketChanged' ? event.value.market : undefined;
    if (!market) return false;
    const before = this.#statuses.get(market.marketId);
    this.#statuses.set(market.marketId, market.status);
    return requestId === 0n && before !== market.status && isInvolved(market.marketId);
  }

  #refreshSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh(), CALM_MS + Math.random() * SPREAD_MS);
  }

  async #ask(after: bigint, take: (notices: Notice[], next: bigint) => void): Promise<void> {
    if (exchange.status !== 'connected') return;
    this.busy = true;
    const asked = (this.#asked += 1);
    try {
      const value = { page: { after, limit: AT_A_TIME, newestFirst: true } };
      const { event } = await exchange.request({ case: 'getNotices', value });
      if (event.case !== 'noticesPage' || asked !== this.#asked) return;
      this.readSequence = event.value.readSequence;
      take(event.value.notices, event.value.nextAfter);
      this.refused = '';
    } catch (failure) {
      if (asked === this.#asked) this.refused = failure instanceof Error ? failure.message : String(failure);
    } finally {
      if (asked === this.#asked) this.busy = false;
    }
  }

  #announce(notices: readonly Notice[]): void {
    const wanted = notices.filter((notice) => !isAnnounced(notice, exchange.accountId));
    for (const notice of wanted.slice(0, TOASTS_MAX).reverse()) {
      const { title, text } = sayNotice(notice);
      toasts.show('done', title, text);
    }
  }
}

export const sayNotice = (notice: Notice): NoticeWords =>
  wordsOfNotice(notice, {
    user: (id) => exchange.nameOfUser(id),
    account: (id) => exchange.nameOfAccount(id) || `account ${id}`,
    market: (id) => exchange.market(id)?.name ?? `Market ${id}`,
    room: exchange.room?.name ?? '',
    personalAccountId: exchange.ownAccounts.find(({ account }) => account.personal)?.account.accountId ?? 0n,
  });

export const addressOf = ({ to }: NoticeWords): string =>
  'marketId' in to ? marketAddress(to.marketId) : pathTo(to.page);

/** Whether we hold or held something in a market, or have an order there. */
const isInvolved = (marketId: bigint): boolean =>
  exchange.ownAccounts.some(
    ({ portfolio: { positions, orders } }) =>
      positions.has(marketId) || [...orders.values()].some((order) => order.marketId === marketId),
  );

/** Whether what happened may be of the kinds that one is told of; of a market, see `#statusChanged`. */
function mayConcern({ event, requestId }: ServerMessage): boolean {
  switch (event.case) {
    case 'transferMade':
    case 'membershipChanged':
    case 'roomChanged':
    case 'optionExercised':
      return requestId === 0n;
    case 'orderChanged':
      return requestId === 0n && event.value.order?.status === OrderStatus.CANCELLED;
    default:
      return false;
  }
}
