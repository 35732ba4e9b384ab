// Builds both faces, compresses every file, and writes them with an index into ../target/site, from
// where the program's jar takes them. Ends with the budgets: what is too large does not ship.
import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import zlib from 'node:zlib'
import { build } from 'vite'
import { checkBudgets } from './budgets.mjs'

const web = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const built = path.resolve(web, '../target/vite')
const site = path.resolve(web, '../target/site')
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** The small script that runs before the first paint gets its hash into its name, as all others have. */
async function nameFirstScript() {
  const name = 'first-paint.js'
  const bytes = await readFile(path.join(built, name))
  const hashed = `assets/first-paint-${hash(bytes).slice(0, 8)}.js`
  await writeFile(path.join(built, hashed), bytes)
  await rm(path.join(built, name))
  for (const face of ['console.html', 'portal.html']) {
    const file = path.join(built, face)
    const text = await readFile(file, 'utf8')
    if (!text.includes(`"/${name}"`)) throw new Error(`${face} does not name /${name}`)
    await writeFile(file, text.replace(`"/${name}"`, `"/${hashed}"`))
  }
}

function hash(bytes) {
  return createHash('sha256').update(bytes).digest('hex')
}

async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((name) => !name.startsWith('.vite'))
    .sort()
}

/** Compressed forms where they save something; fonts are compressed in themselves. */
function compressed(name, bytes) {
  if (name.endsWith('.woff2') || bytes.length < 256) return {}
  const brotli = zlib.brotliCompressSync(bytes, {
    params: {
      [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
      [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  })
  const gzip = zlib.gzipSync(bytes, { level: 9 })
  return {
    ...(brotli.length < bytes.length ? { '.br': brotli } : {}),
    ...(gzip.length < bytes.length ? { '.gz': gzip } : {}),
  }
}

await build({ root: web, logLevel: 'warn' })
await nameFirstScript()
await rm(site, { recursive: true, force: true })
const lines = []
const sizes = {}
for (const name of await filesBelow(built)) {
  const type = types[path.extname(name)]
  if (!type) throw new Error(`${name}: of no known type (expected: ${Object.keys(types).join(', ')})`)
  const bytes = await readFile(path.join(built, name))
  const forms = compressed(name, bytes)
  await mkdir(path.dirname(path.join(site, name)), { recursive: true })
  await writeFile(path.join(site, name), bytes)
  for (const [suffix, form] of Object.entries(forms)) await writeFile(path.join(site, name + suffix), form)
  sizes[name] = (forms['.br'] ?? bytes).length
  lines.push([name, type, hash(bytes).slice(0, 20)].join('\t'))
}
const manifest = JSON.parse(await readFile(path.join(built, '.vite/manifest.json'), 'utf8'))
checkBudgets(manifest, sizes)
await writeFile(path.join(site, 'index.tsv'), lines.join('\n') + '\n')
