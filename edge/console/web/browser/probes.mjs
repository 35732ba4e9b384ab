// A name that would be a script in a page, a formula in a spreadsheet and an expression in a template,
// and where it has to be seen as what it is.

/** At most as long as the shortest name there may be. */
export const PROBE = `=<img src=x onerror=window.struck=1>"'{{7*7}}</script>`

/** Pages on which something bears that name, for the one who is asked with. */
export const SHOWN_ON = {
  console: [
    'requests',
    'accounts',
    'accounts/:id',
    'keys',
    'tenants',
    'tenants/:id',
    'users',
    'users/:id',
    'grants',
    'point-cards',
    'quota-plans',
    'plans',
    'codes',
    'admins',
    'audit-log',
    'profile',
  ],
  portal: ['requests', 'keys', 'points', 'subscription', 'account'],
}

/** What a page does with it that it should not. */
export async function probed(page) {
  return page.evaluate(
    (probe) => ({
      struck: 'struck' in window,
      seen: document.body.innerText.includes(probe) || document.body.innerText.includes(probe.slice(1)),
      planted: document.querySelector('img[src="x"]') !== null,
    }),
    PROBE,
  )
}

/** The cells of a CSV that a spreadsheet would take for formulas; figures and dates are none. */
export function formulasIn(csv) {
  const cells = []
  let cell = ''
  let isQuoted = false
  for (let at = 0; at < csv.length; at++) {
    const sign = csv[at]
    if (isQuoted) {
      if (sign !== '"') cell += sign
      else if (csv[at + 1] === '"') {
        cell += '"'
        at++
      } else isQuoted = false
    } else if (sign === '"') isQuoted = true
    else if (sign === ',' || sign === '\n' || sign === '\r') {
      cells.push(cell)
      cell = ''
    } else cell += sign
  }
  cells.push(cell)
  return cells.filter((one) => /^[=+@\t\r-]/.test(one) && !/^[+-]?\d[\d.]*$/.test(one))
}
