/** What a batch can be in, and what may follow. A file that cannot be read at all is refused and stays so. */
export type BatchState = 'checked' | 'refused' | 'loading' | 'loaded' | 'undone'

const following: Readonly<Record<BatchState, readonly BatchState[]>> = {
  checked: ['loading'],
  refused: [],
  // Back to checked where the loading was broken off: nothing of it is in the warehouse.
  loading: ['loaded', 'checked'],
  loaded: ['undone'],
  undone: [],
}

export function mayFollow(from: BatchState, to: BatchState): boolean {
  return following[from].includes(to)
}

/** Whether rows can be loaded: all or nothing wants no fault at all, good rows only wants at least one good row. */
export function loadable(
  mode: 'all' | 'good',
  rows: { readonly total: number; readonly refused: number },
): boolean {
  return mode === 'all' ? rows.refused === 0 && rows.total > 0 : rows.total > rows.refused
}
