/** An instant from the wire as `2026-11-24 15:02` in Asia/Shanghai, whatever the zone of the screen. */
export function shanghaiTime(instant: string): string {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return instant
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}
