/** Yuan from the wire (`1234567.80`) as people read it: separators, two decimals, aligned right. Never through a float. */
export function groupedYuan(yuan: string): string {
  const [whole = '0', decimals = '00'] = yuan.split('.')
  return `${whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')}.${decimals.padEnd(2, '0')}`
}

export function Amount({ yuan }: { yuan: string | null | undefined }) {
  if (yuan === null || yuan === undefined) return <span className="muted">—</span>
  return <span className="numeric">{groupedYuan(yuan)}</span>
}
