// The pictures of the documents (../docs/*.png), of `exchange demo`.
//
//   npm run pictures -- EXECUTABLE

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { startDemo } from './exchange.mjs';

const docs = fileURLToPath(new URL('../../../docs/', import.meta.url));
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const DAY_MS = 86_400_000;

const exchange = await startDemo(process.argv[2]);
const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
});

async function ben(colorScheme, viewport, deviceScaleFactor = 1) {
    const context = await browser.newContext({
        baseURL: exchange.address,
        viewport,
        colorScheme,
        deviceScaleFactor,
        hasTouch: viewport === PHONE,
    });
    const page = await context.newPage();
    await page.goto('/');
    await page.getByLabel('Name').fill('Ben');
    await page.getByLabel('Password').fill('exchange-demo');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Markets' }).waitFor({ state: 'attached' });
    return page;
}

async function openMarket(page) {
    await page
        .getByRole('table', { name: 'Running markets' })
        .getByRole('link', { name: /mid-term$/ })
        .click();
    await page.getByRole('group', { name: 'Order book' }).getByText('Spread').waitFor();
}

/** When all that is asked for is there, and no message covers it. */
async function take(page, name) {
    await page.waitForLoadState('networkidle');
    await page.locator('ol[aria-live="polite"] > li').first().waitFor({ state: 'detached' });
    await page.screenshot({ path: join(docs, `${name}.png`) });
    console.log(`docs/${name}.png`);
}

const desk = await ben('dark', DESK);
await openMarket(desk);
await desk.getByRole('application', { name: /^Price chart/ }).waitFor();
await desk.getByRole('button', { name: '1h', exact: true }).click();
await desk.getByRole('textbox', { name: 'Quantity' }).fill('5');
await desk.getByRole('radio', { name: 'At once' }).check({ force: true });
await take(desk, 'market');

await desk.getByRole('button', { name: 'History', exact: true }).click();
const then = new Date(Date.now() - 2 * DAY_MS).toISOString().slice(0, 19);
const sequence = desk.getByText(/^Sequence \d/);
const latest = (await sequence.textContent()) ?? '';
await desk.getByLabel('Time', { exact: true }).fill(then);
await sequence.filter({ hasNotText: latest }).waitFor();
await take(desk, 'past');

const paper = await ben('light', DESK);
await paper.locator('table svg path[d]').first().waitFor({ state: 'attached' });
await take(paper, 'markets');
await paper.goto('/portfolio');
await paper.getByRole('figure').first().waitFor();
await take(paper, 'portfolio');

const phone = await ben('dark', PHONE, 2);
await openMarket(phone);
await take(phone, 'phone');

await browser.close();
await exchange.stop();
