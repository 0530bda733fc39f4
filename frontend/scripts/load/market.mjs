// A busy market: a maker who moves its quotes around a wandering price, and takers.
// The same seed gives the same orders.

export const BUY = 1;
export const SELL = 2;
const GOOD_TILL_CANCELLED = 1;
const IMMEDIATE_OR_CANCEL = 2;

/** Numbers in [0, 1) that look random (mulberry32). */
export function randomFrom(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}

export class BusyMarket {
    #random;
    #marketId;
    #fair;
    #quotes = [];
    #next = 0;

    /** `fair` is where prices begin, in hundredths; `quotes` how many orders of the maker rest. */
    constructor(marketId, { seed = 1, fair = 5_000, quotes = 400 } = {}) {
        this.#marketId = marketId;
        this.#random = randomFrom(seed);
        this.#fair = fair;
        for (let place = 0; place < quotes; place += 1) {
            this.#quotes.push({ side: place % 2 ? BUY : SELL, id: `q${place}`, placed: false });
        }
    }

    /** One request that the maker makes now: mostly an order of its that moves. */
    maker() {
        this.#fair += (this.#random() - 0.5) * 6 + (5_000 - this.#fair) * 0.0004;
        const quote = this.#quotes[this.#next++ % this.#quotes.length];
        // Most are near the best price, some far from it.
        const away = Math.max(1, Math.round(Math.abs(Math.log(1 - this.#random())) * 150));
        const price = Math.round(this.#fair) + (quote.side === BUY ? -away : away);
        const quantity = 100 * (1 + Math.floor(this.#random() * 40));
        const clientOrderId = (quote.id = `${quote.id.split('.')[0]}.${this.#next}`);
        return this.#order({
            side: quote.side,
            price: clamp(price),
            quantity,
            clientOrderId,
            postOnly: true,
        });
    }

    /** The order before it of the same quote, to be cancelled by its client_order_id. */
    cancelOf(clientOrderId) {
        const [quote, number] = clientOrderId.split('.');
        const before = Number(number) - this.#quotes.length;
        return before > 0
            ? { case: 'cancelOrder', value: { clientOrderId: `${quote}.${before}` } }
            : undefined;
    }

    /** Somebody takes what is there. */
    taker() {
        const side = this.#random() < 0.5 ? BUY : SELL;
        const quantity = 100 * (1 + Math.floor(this.#random() ** 3 * 30));
        const price = clamp(Math.round(this.#fair) + (side === BUY ? 300 : -300));
        return this.#order({ side, price, quantity, timeInForce: IMMEDIATE_OR_CANCEL });
    }

    #order({ timeInForce = GOOD_TILL_CANCELLED, ...order }) {
        return { case: 'placeOrder', value: { marketId: this.#marketId, timeInForce, ...order } };
    }
}

const clamp = (price) => Math.min(9_900, Math.max(100, price));

/** Sends `perSecond` events of the book, at planned times, until stopped. */
export function keepBusy(maker, taker, market, perSecond) {
    const started = performance.now();
    let sent = 0;
    const timer = setInterval(() => {
        const due = Math.floor(((performance.now() - started) / 1000) * perSecond);
        const requests = [];
        const takes = [];
        while (sent < due) {
            // An order that moves is two events: one leaves, one joins. One in fifty is taken from.
            const order = market.maker();
            const cancel = market.cancelOf(order.value.clientOrderId);
            if (cancel) requests.push(cancel);
            requests.push(order);
            sent += cancel ? 2 : 1;
            if (sent % 50 < 2) takes.push(market.taker());
        }
        if (requests.length > 0) maker.send(...requests);
        if (takes.length > 0) taker.send(...takes);
    }, 10);
    return () => clearInterval(timer);
}
