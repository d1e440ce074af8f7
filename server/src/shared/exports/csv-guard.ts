/** A number as it stands in our lists: it may begin with a minus, which is no formula. */
const plainNumber = /^-?\d+(\.\d+)?$/
/** Numbers that are names: a spreadsheet would cut their zeros or their last digits. */
const numberAsName = /^(0\d+|\d{12,})$/

/**
 * A cell of a csv that a spreadsheet opens as text: what begins like a formula is kept from running, and numbers that are
 * names keep their digits. Quoted where the csv needs it.
 * @param name whether the column holds names, not quantities
 */
export function guardedCell(text: string, name: boolean): string {
  const formula = /^[=+\-@\t\r]/.test(text) && !plainNumber.test(text)
  const guarded = formula ? `'${text}` : name && numberAsName.test(text) ? `\t${text}` : text
  return /[",\n\r\t]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
