import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vitest/config';

const server = process.env.EXCHANGE_URL ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [tailwindcss(), sveltekit()],
  build: { target: 'es2022' },
  server: {
    proxy: {
      '/ws': { target: server, ws: true },
      '/auth': { target: server },
    },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
