import legacy from '@vitejs/plugin-legacy'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The console's bundle: split by room, no inline scripts, everything served from our own address. */
export default defineConfig({
  root: 'web/console',
  base: '/',
  plugins: [
    react(),
    // Office machines' 360 and 奇安信 browsers. Below 88 the styles of the components are not understood; what the
    // language has learned since then is brought along, not only its syntax.
    legacy({ renderLegacyChunks: false, modernPolyfills: true, modernTargets: ['chrome >= 88'] }),
  ],
  build: {
    outDir: '../../dist/web/console',
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    sourcemap: false,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
})
