/** Signs in place of what is hidden; as many whatever was hidden, so that the length tells nothing. */
const hidden = '****'

/** Names of persons have up to four characters; what is longer under a personal column is an organisation's name. */
const longestName = 4

/** A personal value as it is shown by default: the end of a number, the family name of a person. */
export function maskedPersonal(value: unknown): unknown {
  if (typeof value !== 'string' || value === '') return value
  if (/^[\dA-Za-z-]{5,}$/.test(value)) return `${hidden}${value.slice(-4)}`
  if (/^[\dA-Za-z-]+$/.test(value)) return hidden
  const characters = [...value]
  return characters.length <= longestName ? `${characters[0]}**` : value
}
