import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vitest/config';

const server = process.env.EXCHANGE_URL ?? 'http://localhost:8080';

// What every page needs, in one file: many small ones compress worse, each by itself.
// Not what is only for dialogs, for pages that are read from top to bottom, for charts, for looking at the past, or what is fetched later.
const libraries = /node_modules\/(svelte|@bufbuild|@sveltejs\/kit)\//;
const own = new RegExp(
  [
    'src/lib/(connection|gen|units',
    'state/(aggregate|words|listing/(derived|labels|market-list)|positions/(?!lots|profit)|trading/(?!fate|own-orders|replacement))',
    'app/(?!edits|alerts/(alerts|price-alerts)|page/(ticking|visible)|requests/(?!history|trading))',
    'ui/(?!Badge|Code|Page|Section|TermCard|dialogs/Confirm|fields/(Form|Select|TextField)))',
  ].join('|'),
);
const core = { name: 'core', test: new RegExp(`${libraries.source}|${own.source}`) };

// The schema's descriptors as the bytes they are: in base64 no compressor finds what is alike in them.
const plainDescriptors = {
  name: 'plain-descriptors',
  transform(code: string, id: string) {
    if (!id.includes('/lib/gen/')) return undefined;
    return code.replace(/fileDesc\("([^"]+)"/g, (_, base64: string) => {
      const bytes = Buffer.from(base64, 'base64').toString('latin1');
      return `fileDesc(btoa(${JSON.stringify(bytes)})`;
    });
  },
};

export default defineConfig({
  plugins: [tailwindcss(), sveltekit(), plainDescriptors],
  build: { target: 'es2022' },
  environments: {
    client: { build: { rolldownOptions: { output: { codeSplitting: { groups: [core] } } } } },
  },
  server: {
    proxy: {
      '/ws': { target: server, ws: true },
      '/auth': { target: server },
      '/api': { target: server },
      '/healthz': { target: server },
      '/readyz': { target: server },
    },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
