import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import components from 'unplugin-vue-components/vite'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import { defineConfig, type Plugin } from 'vite'

const root = fileURLToPath(new URL('.', import.meta.url))
const server = process.env.TOLLGATE_URL ?? 'http://127.0.0.1:18100'
// both faces' API, as the program itself serves them beside the pages
const proxied = Object.fromEntries(
  ['/api', '/v1', '/health', '/openapi.yaml'].map((path) => [path, { target: server, changeOrigin: false }]),
)

/** Below /console and /portal every path is the face's one page, as the program serves it. */
function faces(): Plugin {
  return {
    name: 'faces',
    configureServer(dev) {
      dev.middlewares.use((request, _response, next) => {
        const path = (request.url ?? '').split('?')[0] ?? ''
        if (/^\/console(\/|$)/.test(path) && !/\.\w+$/.test(path)) request.url = '/console.html'
        else if (/^\/(portal(\/.*)?)?$/.test(path) && !/\.\w+$/.test(path)) request.url = '/portal.html'
        next()
      })
    },
  }
}

export default defineConfig({
  root,
  cacheDir: '../target/vite-cache',
  resolve: { alias: { '@': fileURLToPath(new URL('src', import.meta.url)) } },
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  plugins: [
    faces(),
    vue(),
    components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
  ],
  server: { proxy: proxied, fs: { allow: [root, realpathSync(`${root}/node_modules`)] } },
  build: {
    outDir: '../target/vite',
    emptyOutDir: true,
    manifest: true,
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
    rollupOptions: { input: [`${root}/console.html`, `${root}/portal.html`] },
  },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
} as Parameters<typeof defineConfig>[0])
