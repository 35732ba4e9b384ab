/** How something stands: colour never says it alone, its words always do. */
export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'idle'

export const TONES: readonly Tone[] = ['good', 'warn', 'bad', 'info', 'idle']
