import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const SOURCES = join(import.meta.dirname, '../..');

/** An address of the page's own, or of the site's, that does not go through addresses.ts. */
const BARE = [
  /\b(?:href|src|action)="\/(?!\/)/,
  /\b(?:href|src)=\{[`']\//,
  /\b(?:goto|fetch|replaceState|pushState)\(\s*[`']\//,
  /\blocation\.(?:origin|host)\b/,
];

test('every address goes through addresses.ts, so that the page works under any path of a site', () => {
  const bare = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(svelte|ts)$/.test(file) && !file.includes('lib/gen/'))
    .filter((file) => !file.endsWith('.test.ts') && !file.endsWith('app/addresses.ts'))
    .flatMap((file) =>
      readFileSync(join(SOURCES, file), 'utf8')
        .split('\n')
        .map((line, i) => ({ at: `${file}:${i + 1}`, line: line.trim() })),
    )
    .filter(({ line }) => BARE.some((pattern) => pattern.test(line)))
    .map(({ at, line }) => `${at} ${line}`);
  expect(bare).toEqual([]);
});
