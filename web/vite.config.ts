// SPDX-License-Identifier: Apache-2.0
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  // The apps are the root, so that each page is built to /<app>/index.html and not below /apps/.
  root: here('apps'),
  publicDir: here('public'),
  base: '/',
  plugins: [vue()],
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    outDir: here('../build/web'),
    emptyOutDir: true,
    target: 'es2022',
    // Nothing is inlined: the content security policy knows only files of our own origin.
    assetsInlineLimit: 0,
    // The size budget reads it to learn which files the first view of a page loads; scripts/compress.mjs moves it away.
    manifest: 'chunks.json',
    rolldownOptions: {
      input: {
        screen: here('apps/screen/index.html'),
        console: here('apps/console/index.html'),
      },
    },
  },
  // Module workers, as the pages themselves: the policy knows no blob.
  worker: { format: 'es' },
  server: {
    proxy: {
      '/api': process.env['PLENUM_SERVER'] ?? 'http://127.0.0.1:8080',
      '/documents': process.env['PLENUM_SERVER'] ?? 'http://127.0.0.1:8080',
    },
  },
})
