// Records what a busy market's exchange sends to somebody who trades there, and what it sends
// afterwards to the same person coming in anew: src/lib/state/recorded.test.ts compares the two.
//
//   EXCHANGE_EXECUTABLE=... npm run record
//
// The file: frames as they came, each after its length (4 bytes, big-endian), the second
// connection's after a length of 0; compressed with gzip.

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Client } from './load/client.mjs';
import { startExchange } from './load/exchange.mjs';
import { BusyMarket } from './load/market.mjs';

const executable = process.env.EXCHANGE_EXECUTABLE;
if (!executable) throw new Error('EXCHANGE_EXECUTABLE names the published executable.');
const file = fileURLToPath(new URL('../src/lib/state/recorded.bin.gz', import.meta.url));

const ROUNDS = 1_500;
const BOOK = 1;
const TRADES = 2;
const TICKER = 3;
const QUIET_MS = 500;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const lengthOf = (count) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(count);
    return length;
};

const exchange = await startExchange(executable);
const maker = await Client.connect(exchange.url, 'Maker', exchange.setupCode);
const recorded = [];
const keep = (_, bytes) => recorded.push(lengthOf(bytes.length), Buffer.from(bytes));

const taker = await Client.connect(exchange.url, 'Taker', undefined, keep);
const { market } = await maker.ask({
    case: 'createMarket',
    value: { name: 'Recorded', minPrice: 0, maxPrice: 10_000, tickSize: 1 },
});
const { marketId } = market;
const listen = (client) =>
    client.ask({ case: 'subscribe', value: { marketIds: [marketId], channels: [BOOK, TRADES, TICKER] } });
await listen(taker);

const busy = new BusyMarket(marketId, { seed: 7, quotes: 60 });
for (let round = 0; round < ROUNDS; round += 1) {
    const order = busy.maker();
    const cancel = busy.cancelOf(order.value.clientOrderId);
    maker.send(...(cancel ? [cancel] : []), order);
    if (round % 10 === 0) taker.send(busy.taker());
    // Orders of the listener that rest, are replaced, traded with and cancelled.
    if (round % 50 === 25) {
        const { value } = busy.taker();
        const own = { ...value, timeInForce: 1, clientOrderId: `own${round}`, quantity: 300 };
        taker.send({ case: 'placeOrder', value: own });
        taker.send({
            case: 'replaceOrder',
            value: { clientOrderId: `own${round - 50}`, quantity: round % 100 === 25 ? 200 : 500 },
        });
        taker.send({ case: 'cancelOrder', value: { clientOrderId: `own${round - 100}` } });
    }
    if (round % 20 === 0) await pause(5);
}
await pause(QUIET_MS);
recorded.push(lengthOf(0));
const again = await Client.connect(exchange.url, 'Taker', undefined, keep);
await listen(again);
await pause(QUIET_MS);

const compressed = gzipSync(Buffer.concat(recorded), { level: 9 });
writeFileSync(file, compressed);
console.log(`${file}: ${(compressed.length / 1000).toFixed(0)} kB`);
for (const client of [maker, taker, again]) client.close();
await exchange.stop();
process.exit(0);
