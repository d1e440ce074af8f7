import { useEffect } from 'react'

/**
 * Keys of a list for those who read many rows: j and k move down and up, o or Enter opens, further keys as the page
 * wants. Nothing happens while somebody writes in a field or a window lies above the list.
 */
export function useListKeys(list: {
  length: number
  current: number
  onMove: (index: number) => void
  onOpen: (index: number) => void
  others?: Readonly<Record<string, (index: number) => void>>
}): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return
      const { length, current, others } = list
      if (event.key === 'j' && length > 0) list.onMove(Math.min(current + 1, length - 1))
      else if (event.key === 'k' && length > 0) list.onMove(Math.max(current - 1, 0))
      else if (event.key === 'o' && current >= 0) list.onOpen(current)
      else if (current >= 0) others?.[event.key]?.(current)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
}

function writes(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable], [role=dialog], [role=combobox]') !== null
  )
}
