/** Between the code of a kind and what a strategy adds to it. */
const ADDED = /^[_.-]./

/** Which of the catalogue a strategy's code says: that of its name, else the longest that it begins with. */
export function kindOfCode<Kind extends { code: string }>(kinds: readonly Kind[], code: string): Kind | undefined {
  return kinds
    .filter((kind) => code === kind.code || (code.startsWith(kind.code) && ADDED.test(code.slice(kind.code.length))))
    .reduce<Kind | undefined>((best, kind) => (best && best.code.length >= kind.code.length ? best : kind), undefined)
}

/** What a strategy is set to be, as its parameters say it, where its code does not. */
export const KIND = 'kind'

/** Which of the catalogue runs for a strategy: that which its parameters name, else that of its code. */
export function kindOfStrategy<Kind extends { code: string }>(
  kinds: readonly Kind[],
  strategy: { code: string; config: unknown },
): Kind | undefined {
  const named = ((strategy.config ?? {}) as Record<string, unknown>)[KIND]
  return typeof named === 'string' ? kinds.find((kind) => kind.code === named) : kindOfCode(kinds, strategy.code)
}
