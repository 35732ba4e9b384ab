// What a face may weigh, in KB of Brotli. A budget that is broken ends the build.
const KB = 1024
const BUDGETS = { entry: 300, css: 40, route: 100, charts: 180, locale: 100, font: 48 }

/** A chunk with everything that it imports statically. */
function withImports(manifest, key, seen = new Set()) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const other of manifest[key]?.imports ?? []) withImports(manifest, other, seen)
  return seen
}

function weightOf(manifest, sizes, keys) {
  let scripts = 0
  const styles = new Set()
  for (const key of keys) {
    scripts += sizes[manifest[key].file] ?? 0
    for (const style of manifest[key].css ?? []) styles.add(style)
  }
  return { scripts, styles: [...styles].reduce((sum, style) => sum + (sizes[style] ?? 0), 0) }
}

function isChart(key) {
  return key.includes('components/charts/')
}

/** Throws where something is too large; else prints one line for each face. */
export function checkBudgets(manifest, sizes) {
  const broken = []
  const hold = (what, bytes, budget) => {
    if (bytes > budget * KB) broken.push(`${what}: ${(bytes / KB).toFixed(1)} KB (budget: ${budget} KB)`)
  }
  for (const [face, first] of [
    ['console', 'src/views/console/overview/OverviewPage.vue'],
    ['portal', 'src/views/portal/overview/OverviewPage.vue'],
  ]) {
    const shell = withImports(manifest, `${face}.html`)
    const layout = `src/layouts/${face === 'console' ? 'ConsoleLayout' : 'PortalLayout'}.vue`
    const start = new Set([...shell])
    for (const key of [layout, first]) if (manifest[key]) withImports(manifest, key, start)
    const weight = weightOf(manifest, sizes, start)
    hold(`${face}: scripts of the first page`, weight.scripts, BUDGETS.entry)
    hold(`${face}: styles of the first page`, weight.styles, BUDGETS.css)
    console.log(
      `${face}: ${(weight.scripts / KB).toFixed(1)} KB of scripts, ${(weight.styles / KB).toFixed(1)} KB of styles (Brotli)`,
    )
    for (const key of Object.keys(manifest)) {
      if (!key.startsWith(`src/views/${face}/`)) continue
      const own = [...withImports(manifest, key)].filter((one) => !start.has(one))
      hold(`${key}: what the route adds`, weightOf(manifest, sizes, own).scripts, BUDGETS.route)
    }
  }
  for (const key of Object.keys(manifest).filter(isChart)) {
    hold(`${key}: charts`, weightOf(manifest, sizes, withImports(manifest, key)).scripts, BUDGETS.entry + BUDGETS.charts)
  }
  const fonts = Object.entries(sizes).filter(([name]) => name.endsWith('.woff2'))
  for (const [name, bytes] of fonts) hold(name, bytes, BUDGETS.font)
  if (fonts.length > 1) broken.push(`fonts: ${fonts.length} files (budget: 1)`)
  if (broken.length > 0) throw new Error(`over budget:\n  ${broken.join('\n  ')}`)
}
