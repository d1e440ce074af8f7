import type { ReactNode } from 'react'
import type { WordMark } from './use-explanation.ts'

/** A text with the words marked that a rule found in it; where the place is known, only there. */
export function MarkedText({ text, marks }: { text: string; marks: readonly WordMark[] }) {
  const letters = [...text]
  const marked = letters.map(() => false)
  for (const place of marks.flatMap((mark) => placesOf(letters, mark))) {
    for (let index = place.from; index < place.to; index++) marked[index] = true
  }
  return <>{runs(letters, marked)}</>
}

function placesOf(letters: readonly string[], { word, at }: WordMark): { from: number; to: number }[] {
  const wanted = [...word]
  const same = (from: number) =>
    wanted.every((letter, index) => letters[from + index]?.toLowerCase() === letter.toLowerCase())
  const starts = at === null ? letters.map((_letter, index) => index) : [at - 1]
  return starts.filter(same).map((from) => ({ from, to: from + wanted.length }))
}

function runs(letters: readonly string[], marked: readonly boolean[]): ReactNode[] {
  const nodes: ReactNode[] = []
  let start = 0
  for (let index = 1; index <= letters.length; index++) {
    if (index < letters.length && marked[index] === marked[start]) continue
    const part = letters.slice(start, index).join('')
    nodes.push(marked[start] ? <mark key={start}>{part}</mark> : part)
    start = index
  }
  return nodes
}
