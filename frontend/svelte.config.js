import adapter from '@sveltejs/adapter-static';
import { readFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** @type {import('@sveltejs/kit').Config} */
export default {
  kit: {
    // One page for every address: the server answers unknown paths with index.html.
    adapter: adapter({ pages: '../wwwroot', assets: '../wwwroot', fallback: 'index.html' }),
    // A constant instead of a time stamp: the same source gives the same bytes.
    version: { name: version, pollInterval: 0 },
    output: { preloadStrategy: 'modulepreload' },
  },
};
