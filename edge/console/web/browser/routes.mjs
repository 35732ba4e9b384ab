// Which pages there are: read from the areas of the router, so that no page is forgotten.
import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../src/router/routes/modules')

/** Paths of a face that need a session, those without a place in them first. */
export async function routesOf(face) {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts') && name.startsWith('my') === (face === 'portal'))
  const paths = []
  for (const name of names.sort()) {
    const text = (await readFile(path.join(folder, name), 'utf8')).split('export const open')[0]
    for (const match of text.matchAll(/^\s+path: '([^']*)'/gm)) paths.push(match[1])
  }
  return paths.sort((a, b) => Number(a.includes(':')) - Number(b.includes(':')))
}

/** Paths that are seen without a session. */
export async function openRoutesOf(face) {
  if (face === 'console') return ['login']
  const paths = []
  for (const name of (await readdir(folder)).filter((one) => one.startsWith('my')).sort()) {
    const text = (await readFile(path.join(folder, name), 'utf8')).split('export const open')[1] ?? ''
    // one with a place in it is somewhere on the way, and shows nothing by itself
    for (const match of text.matchAll(/^\s+path: '([^':]*)'/gm)) paths.push(match[1])
  }
  return paths
}

/** Whether an address is one of a route with places in it, as requests/:id. */
export function fits(route, address) {
  const pattern = route.replace(/:\w+/g, '[^/?#]+')
  return new RegExp(`^${pattern}$`).test(address)
}
