// What Vite and SvelteKit leave to do, in ../wwwroot:
//   1. no inline script: the page's bootstrap moves into a hashed file, so that the
//      content security policy can stay at script-src 'self';
//   2. the theme script gets a hashed name too, and may be cached for ever;
//   3. the scripts of a first visit to the markets or a market are named in the page's
//      head, so that they are fetched at once and not one after another;
//   4. files are named relative to the page's address, so that it can be served under any path
//      of any site: one page for each depth that addresses have;
//   5. a .br and a .gz beside every file that they make a tenth smaller.
// The same input gives the same bytes.

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('../../wwwroot/', import.meta.url));
const immutable = '_app/immutable';
const manifestFile = fileURLToPath(
    new URL('../.svelte-kit/output/client/.vite/manifest.json', import.meta.url),
);

const hashOf = (content) =>
    createHash('sha256').update(content).digest('base64url').slice(0, 8).replace(/[-_]/g, 'x');

// 1. The bootstrap. It finds its element by document.currentScript, which a
// classic external script in the same place has too. Where it was fetched from says under which
// path the page is served. Once the page has started, the notice that it has not goes.
const replaced = (text, from, to) => {
    if (!text.includes(from)) throw new Error(`SvelteKit's bootstrap has no ${from} any more.`);
    return text.replaceAll(from, to);
};
let page = readFileSync(join(root, 'index.html'), 'utf8');
page = page.replace(/<script>([\s\S]*?)<\/script>/g, (_, code) => {
    let script = code.trim().replace(/^\t+/gm, '') + '\n';
    script = replaced(
        script,
        'base: ""',
        'base: new URL("../../..", document.currentScript.src).pathname.slice(0, -1)',
    );
    script = replaced(script, `import("/${immutable}/entry/`, 'import("./');
    script = replaced(
        script,
        'kit.start(app, element);',
        'kit.start(app, element);\ndocument.getElementById("not-started")?.remove();',
    );
    const name = `${immutable}/entry/boot.${hashOf(script)}.js`;
    writeFileSync(join(root, name), script);
    return `<script src="/${name}"></script>`;
});
if (/<script(?![^>]*\ssrc=)/.test(page)) throw new Error('index.html still has an inline script.');

// 2. The theme.
const theme = readFileSync(join(root, 'theme.js'));
const themeName = `${immutable}/entry/theme.${hashOf(theme)}.js`;
renameSync(join(root, 'theme.js'), join(root, themeName));
page = page.replace('/theme.js', `/${themeName}`);

// 3. SvelteKit names what every page needs in the head; the pages themselves would
// only be found after that has run. Fetch those along with it that people trade on;
// the others come when somebody goes there.
const generated = fileURLToPath(new URL('../.svelte-kit/generated/client-optimized/nodes/', import.meta.url));
const TRADED_ON = [
    'routes/+layout.svelte',
    'routes/[...path=room_page]/+page.svelte',
    'routes/r/[slug]/markets/+page.svelte',
    'routes/r/[slug]/markets/[id]/+page.svelte',
];
const isTradedOn = (node) => {
    const source = readFileSync(join(generated, `${node.slice('nodes/'.length)}.js`), 'utf8');
    return TRADED_ON.some((route) => source.includes(`/src/${route}"`));
};
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
const firstVisit = new Set();
const visit = (key) => {
    const chunk = manifest[key];
    if (!chunk || firstVisit.has(chunk.file)) return;
    firstVisit.add(chunk.file);
    for (const style of chunk.css ?? []) firstVisit.add(style);
    for (const imported of chunk.imports ?? []) visit(imported);
};
for (const [key, { name, isEntry }] of Object.entries(manifest)) {
    if (isEntry && (/^entry\//.test(name) || (/^nodes\//.test(name) && isTradedOn(name)))) visit(key);
}
const preloads = [...firstVisit]
    .filter((file) => file.endsWith('.js') && !page.includes(`/${file}"`))
    .sort()
    .map((file) => `<link href="/${file}" rel="modulepreload">`);
page = page.replace('</head>', `  ${preloads.join('\n    ')}\n  </head>`);
page = page
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{2,}/g, '\n')
    .replaceAll('\t', '  ');

// 4. Addresses have at most so many parts below the start (/r/econ-101/markets/4 has three).
const DEPTH_MOST = 4;
const absolute = /(\s(?:href|src)=")\/(?!\/)/g;
for (let depth = 0; depth <= DEPTH_MOST; depth++) {
    const relativeTo = depth === 0 ? './' : '../'.repeat(depth);
    const name = depth === 0 ? 'index.html' : `index.${depth}.html`;
    writeFileSync(join(root, name), page.replace(absolute, `$1${relativeTo}`));
}

rmSync(join(root, '_app/env.js'), { force: true });

// 5. Compressed beside each file.
const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
const sent = new Map();
for (const file of files) {
    const content = readFileSync(join(root, file));
    const brotli = brotliCompressSync(content, {
        params: {
            [constants.BROTLI_PARAM_QUALITY]: 11,
            [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
        },
    });
    const gzip = gzipSync(content, { level: 9 });
    const worthwhile = (compressed) => compressed.length < content.length * 0.9;
    if (worthwhile(brotli)) writeFileSync(join(root, `${file}.br`), brotli);
    if (worthwhile(gzip)) writeFileSync(join(root, `${file}.gz`), gzip);
    sent.set(file, Math.min(content.length, brotli.length));
}

// The sizes, and the limits: what it takes to see a market and trade in it, and all that its
// screen fetches before one touches it, with the charts, which come last and nothing waits for.
const FIRST_LOAD_MOST = 118_000;
const WITH_CHARTS_MOST = 174_000;
const kb = (bytes) => `${(bytes / 1000).toFixed(1).padStart(7)} kB`;
const sum = (names) => names.reduce((bytes, name) => bytes + (sent.get(name) ?? 0), 0);
const withImports = (key, found = new Set()) => {
    const chunk = manifest[key];
    if (!chunk || found.has(chunk.file)) return found;
    found.add(chunk.file);
    for (const style of chunk.css ?? []) found.add(style);
    for (const imported of chunk.imports ?? []) withImports(imported, found);
    return found;
};
const chartKey = Object.keys(manifest).find((key) => key.endsWith('chart/ChartPanel.svelte'));
if (!chartKey) throw new Error('The chart is not fetched by itself any more.');
const start = ['index.html', 'favicon.svg', ...files.filter((file) => /entry\/(boot|theme)\./.test(file))];
const first = [...new Set([...start, ...firstVisit])].filter((file) => sent.has(file));
const chart = [...withImports(chartKey)].filter((file) => !first.includes(file));
const later = files.filter((file) => !first.includes(file) && !chart.includes(file));
console.log('\nSizes, brotli:');
for (const file of first.filter((name) => sent.get(name) > 2000)) console.log(kb(sent.get(file)), file);
console.log(kb(sum(first)), 'first load of any page: what is needed to trade');
console.log(kb(sum(chart)), 'the charts, once the page stands');
console.log(kb(sum([...first, ...chart])), 'a market on a desk, with its chart');
console.log(kb(sum(later)), 'only when needed');
if (sum(first) > FIRST_LOAD_MOST) throw new Error(`The first load is over ${FIRST_LOAD_MOST / 1000} kB.`);
if (sum([...first, ...chart]) > WITH_CHARTS_MOST)
    throw new Error(`A market with its charts is over ${WITH_CHARTS_MOST / 1000} kB.`);
