// Every page, in both themes, on a desk and on phones, with data in it: pictures to look at.
// On the way: no page scrolls sideways, no browser complains, and axe finds nothing.
//
//   npm run screenshots -- EXECUTABLE [DIRECTORY]     default: ./screenshots
//   npm run screenshots -- --at URL [DIRECTORY]       of an exchange that has the data already,
//                                                     or of a development server in front of it
//   ... --demo                                        with --at: what runs there is `exchange demo`
//   ... --only portfolio,docs                         some pages
//   ... --quick                                       dark on a desk, light on a phone

import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { PASSWORD, signUp } from './client.mjs';
import { makeData } from './data.mjs';
import { startExchange } from './exchange.mjs';
import { pagesOf } from './pages.mjs';

const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
        at: { type: 'string' },
        only: { type: 'string' },
        quick: { type: 'boolean' },
        demo: { type: 'boolean' },
    },
});
const directory = resolve((values.at ? positionals[0] : positionals[1]) ?? 'screenshots');
const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
const SIZES = [
    { name: 'desk', width: 1440, height: 900 },
    { name: 'phone', width: 390, height: 844 },
    { name: 'small', width: 360, height: 740 },
];
const PEOPLE = values.demo
    ? { admin: 'Ann', trader: 'Ben', newcomer: 'Nora New', visitor: null }
    : { admin: 'Ann Keller', trader: 'Bea Fischer', newcomer: 'Nora New', visitor: null };
/** Those of a demo have their own; who is new there was signed up here. */
const passwordOf = (person) => (values.demo && person !== PEOPLE.newcomer ? 'exchange-demo' : PASSWORD);
if (values.demo) await signUp(values.at, PEOPLE.newcomer);

const problems = [];
mkdirSync(directory, { recursive: true });
const exchange = values.at
    ? { address: values.at, stop: async () => {} }
    : await startExchange(positionals[0]);
if (exchange.code) await makeData(exchange.address, exchange.code);
const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
});

async function signIn(person, theme, size) {
    const context = await browser.newContext({
        baseURL: exchange.address,
        viewport: { width: size.width, height: size.height },
        colorScheme: theme,
        deviceScaleFactor: 1,
        hasTouch: size.name !== 'desk',
        bypassCSP: true,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
        if (message.type() === 'error') problems.push(`${page.url()}: ${message.text()}`);
    });
    if (person === null) return page;
    await page.goto('/');
    await page.getByLabel('Name').fill(person);
    await page.getByLabel('Password').fill(passwordOf(person));
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.locator('header').waitFor();
    return page;
}

async function look(page, name) {
    const wide = await page.evaluate(() => {
        const { clientWidth, scrollWidth } = document.documentElement;
        if (scrollWidth <= clientWidth) return [];
        return [...document.querySelectorAll('*')]
            .filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5)
            .slice(0, 4)
            .map((element) => `${element.tagName}.${element.className}`);
    });
    if (wide.length > 0) problems.push(`${name} scrolls sideways: ${wide.join('; ')}`);
    // All of the page at once: what is half scrolled under a bar that stays would count as too small to touch.
    const size = page.viewportSize();
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ ...size, height: Math.max(size.height, height) });
    await page.addScriptTag({ content: axe });
    const { violations } = await page.evaluate(
        (rules) => window.axe.run(document, { runOnly: { type: 'tag', values: rules } }),
        RULES,
    );
    await page.setViewportSize(size);
    for (const { id, nodes } of violations) {
        for (const { target, failureSummary } of nodes.slice(0, 3))
            problems.push(
                `${name} ${id} ${target.join(' ')}: ${failureSummary.split('\n').slice(1).join(' ')}`,
            );
    }
}

const only = values.only?.split(',');
for (const [role, person] of Object.entries(PEOPLE)) {
    const pages = pagesOf(role).filter(({ name }) => !only || only.includes(name));
    if (pages.length === 0) continue;
    for (const theme of ['dark', 'light']) {
        for (const size of SIZES) {
            if (values.quick && size.name !== (theme === 'dark' ? 'desk' : 'phone')) continue;
            const page = await signIn(person, theme, size);
            for (const { name, open, fullPage = true } of pages) {
                const picture = `${name}-${theme}-${size.name}`;
                try {
                    await open(page);
                    await page.waitForLoadState('networkidle');
                    await page.waitForTimeout(400);
                    await page.screenshot({ path: join(directory, `${picture}.png`), fullPage });
                    await look(page, picture);
                } catch (failure) {
                    problems.push(`${picture}: ${failure.message.split('\n').slice(0, 3).join(' ')}`);
                    await page.screenshot({ path: join(directory, `${picture}-failed.png`) });
                }
            }
            await page.context().close();
        }
    }
}
await browser.close();
await exchange.stop();

console.log(
    problems.length === 0 ? `Pictures in ${directory}. Nothing to complain about.` : problems.join('\n'),
);
process.exit(problems.length === 0 ? 0 : 1);
