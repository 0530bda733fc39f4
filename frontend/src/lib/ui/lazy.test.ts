import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const components = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.svelte'))
  .map((name) => [name, readFileSync(join('src', name), 'utf8')] as const);

// Over an upgrade the code is gone from the server: a blank panel would say nothing.
it.each(components.filter(([, source]) => source.includes('{#await import(')))(
  'says so where code of %s can not be fetched',
  (_, source) => {
    const awaits = source.split('{#await import(').slice(1);
    for (const block of awaits) expect(block.slice(0, block.indexOf('{/await}'))).toContain('{:catch}');
  },
);
