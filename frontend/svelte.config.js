import adapter from '@sveltejs/adapter-static';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** What the built page is made of, but its tests. */
const SOURCES = ['src', 'static', 'package-lock.json', 'svelte.config.js', 'vite.config.ts'];

function filesOf(name) {
  const path = join(here, name);
  if (/\.\w+$/.test(name)) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** A page that is open over an upgrade sees by it that it is old; the same source always has the same one. */
function versionOfSources() {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap(filesOf).sort()) {
    hash
      .update(`${relative(here, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 12);
}

/** @type {import('@sveltejs/kit').Config} */
export default {
  kit: {
    // One page for every address: the server answers unknown paths with index.html.
    adapter: adapter({ pages: '../wwwroot', assets: '../wwwroot', fallback: 'index.html' }),
    // Asked for now and then; at once when the connection is back, see app/page/upgrade.svelte.ts.
    version: { name: versionOfSources(), pollInterval: 10 * 60_000 },
    output: { preloadStrategy: 'modulepreload' },
  },
};
