import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The console's bundle: split by room, no inline scripts, everything served from our own address. */
export default defineConfig({
  root: 'web/console',
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../../dist/web/console',
    emptyOutDir: true,
    // 360 and 奇安信 browsers on office machines are at Chromium 86 and later.
    target: ['es2020', 'chrome86'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    sourcemap: false,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
})
