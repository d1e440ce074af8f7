/** A personal value as lists show it: enough to find the cell, too little to be a list of persons. */
export function masked(value: string): string {
  const characters = [...value]
  if (characters.length <= 2) return `${characters[0] ?? ''}*`
  const shownEnd = Math.min(4, Math.floor(characters.length / 3))
  return `${characters.slice(0, shownEnd).join('')}***${characters.slice(-shownEnd).join('')}`
}
