import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `vite` itself proxies to a Holdfast that runs beside it; `vite build` writes what Holdfast serves. */
const holdfast = process.env['HOLDFAST_URL'] ?? 'http://127.0.0.1:8071';

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react()],
  build: {
    target: 'es2023',
    outDir: 'dist',
    emptyOutDir: true,
    // The policy of the page forbids what is written into it.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: { host: '127.0.0.1', proxy: { '/api': holdfast, '/session': holdfast } },
});
