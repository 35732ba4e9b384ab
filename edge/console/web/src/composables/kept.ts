export const KEPT = 'tollgate.kept:'

/** Whoever signs out leaves nothing behind. */
export function forgetKept(): void {
  try {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith(KEPT)) sessionStorage.removeItem(name)
  } catch {
    // nothing was kept
  }
}
