/** Between the code of a kind and what a strategy adds to it. */
const ADDED = /^[_.-]./

/** Which of the catalogue a strategy's code says: that of its name, else the longest that it begins with. */
export function kindOfCode<Kind extends { code: string }>(kinds: readonly Kind[], code: string): Kind | undefined {
  return kinds
    .filter((kind) => code === kind.code || (code.startsWith(kind.code) && ADDED.test(code.slice(kind.code.length))))
    .reduce<Kind | undefined>((best, kind) => (best && best.code.length >= kind.code.length ? best : kind), undefined)
}
