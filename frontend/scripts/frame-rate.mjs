// How smooth the market page is while its book changes 1,000 times a second: frames a
// second, frames that came late, and what the page's main thread does meanwhile.
//
//   npm run build && EXCHANGE_EXECUTABLE=... npm run frame-rate [-- events-per-second seconds]
//
// It starts the executable on data of its own and the page as it was last built in front
// of it, and looks at it in Chromium (CHROMIUM names another). With --profile it also
// writes a CPU profile, frame-rate.cpuprofile, which Chromium's developer tools open.

import { writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { Client, signIn } from './load/client.mjs';
import { startExchange } from './load/exchange.mjs';
import { BUY, BusyMarket, keepBusy } from './load/market.mjs';

const [eventsPerSecond = 1_000, seconds = 10] = process.argv.slice(2).map(Number).filter(Number.isFinite);
const profiling = process.argv.includes('--profile');
const executable = process.env.EXCHANGE_EXECUTABLE;
if (!executable) throw new Error('EXCHANGE_EXECUTABLE names the published executable.');

const SETTLE_MS = 4_000;
/** A frame later than this was missed by one or more of the screen's 60 a second. */
const LATE_MS = 25;

const exchange = await startExchange(executable, '--allowed-origins', 'http://localhost:4173');
process.env.EXCHANGE_URL = exchange.url;
const proxy = { '/ws': { target: exchange.url, ws: true }, '/auth': { target: exchange.url } };
const page_ = await preview({ preview: { port: 4173, strictPort: true, proxy }, logLevel: 'error' });

const maker = await Client.connect(exchange.url, 'Maker', exchange.setupCode);
const taker = await Client.connect(exchange.url, 'Taker');
await maker.ask({ case: 'setElevated', value: { elevated: true } });
const { market } = await maker.ask({
    case: 'createMarket',
    value: { name: 'Busy market', minPrice: 0, maxPrice: 10_000, tickSize: 1 },
});
await maker.ask({ case: 'grant', value: { everyMember: true, amount: 10_000_000_0000n } });
await maker.ask({ case: 'setElevated', value: { elevated: false } });

const busy = new BusyMarket(market.marketId);
// The viewer has orders of their own in the book, as a trader does.
const viewer = await Client.connect(exchange.url, 'Viewer');
for (let place = 1; place <= 6; place += 1) {
    await viewer.ask({
        case: 'placeOrder',
        value: { marketId: market.marketId, side: BUY, price: 100 * place, quantity: 500, timeInForce: 1 },
    });
}
viewer.close();
const stop = keepBusy(maker, taker, busy, eventsPerSecond);

const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
const session = await signIn(exchange.url, 'Viewer');
await page.addInitScript((kept) => localStorage.setItem('exchange.session', kept), sessionText(session));
await page.goto(`http://localhost:4173/r/main/markets/${market.marketId}`);
await page.getByRole('group', { name: 'Order book' }).waitFor();
await page.waitForTimeout(SETTLE_MS);

const devtools = await page.context().newCDPSession(page);
await devtools.send('Performance.enable');
const metrics = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
};
if (profiling) {
    await devtools.send('Profiler.enable');
    await devtools.send('Profiler.setSamplingInterval', { interval: 500 });
    await devtools.send('Profiler.start');
}
const traced = [];
devtools.on('Tracing.dataCollected', ({ value }) => traced.push(...value));
await devtools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline', '__metadata'] },
});
const before = await metrics();
const { deltas, changes } = await page.evaluate(async (ms) => {
    const deltas = [];
    let changes = 0;
    const watch = new MutationObserver(() => (changes += 1));
    watch.observe(document.querySelector('[aria-label="Order book"]'), {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
    });
    const started = performance.now();
    await new Promise((resolve) => {
        let last = started;
        const frame = (now) => {
            deltas.push(now - last);
            last = now;
            if (now - started < ms) requestAnimationFrame(frame);
            else resolve();
        };
        requestAnimationFrame(frame);
    });
    watch.disconnect();
    return { deltas, changes };
}, seconds * 1_000);
const after = await metrics();
const traceEnded = new Promise((resolve) => devtools.once('Tracing.tracingComplete', resolve));
await devtools.send('Tracing.end');
await traceEnded;
if (profiling) {
    const { profile } = await devtools.send('Profiler.stop');
    writeFileSync('frame-rate.cpuprofile', JSON.stringify(profile));
}
if (process.env.PICTURE) await page.screenshot({ path: process.env.PICTURE });

stop();
await browser.close();
maker.close();
taker.close();
await page_.close();
await exchange.stop();

const took = deltas.reduce((sum, delta) => sum + delta, 0) / 1_000;
const sorted = deltas.toSorted((a, b) => a - b);
const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const perSecond = (name) => (((after[name] - before[name]) * 1_000) / took).toFixed(0).padStart(5);
console.log(`
The market page at ${eventsPerSecond} events of the book a second, for ${took.toFixed(1)} s:
  ${(deltas.length / took).toFixed(1)} frames a second; in ${changes} of ${deltas.length} the ladder changed
  ${deltas.filter((delta) => delta > LATE_MS).length} late (over ${LATE_MS} ms); p50 ${at(0.5).toFixed(1)}, p99 ${at(0.99).toFixed(1)}, worst ${sorted.at(-1).toFixed(1)} ms
  main thread, ms of each second:
    ${perSecond('ScriptDuration')} script
    ${perSecond('RecalcStyleDuration')} style
    ${perSecond('LayoutDuration')} layout
${paintedBy()}
    ${perSecond('TaskDuration')} in all`);
if (changes < seconds) throw new Error('The ladder hardly changed: the figures say nothing.');
process.exit(0);

/** What drawing took, by the names that Chromium's tracing gives to its steps. */
function paintedBy() {
    const STEPS = { PrePaint: 'pre-paint', Paint: 'paint', Layerize: 'layerize', Commit: 'commit' };
    const main = traced.find(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
    const ms = (step) =>
        traced.reduce(
            (sum, { name, tid, pid, dur = 0 }) =>
                name === step && tid === main?.tid && pid === main?.pid ? sum + dur / 1_000 : sum,
            0,
        );
    return Object.entries(STEPS)
        .map(([step, word]) => `    ${(ms(step) / took).toFixed(0).padStart(5)} ${word}`)
        .join('\n');
}

function sessionText(session) {
    return JSON.stringify({ mode: 'built-in', ...session });
}
