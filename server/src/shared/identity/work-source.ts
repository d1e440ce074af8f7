import type { Trx } from '#ground/database/index.ts'

/** One piece of open work, as it stands on a handover list. */
export interface WorkItem {
  readonly room: string
  /** What it is, e.g. `alert`. */
  readonly kind: string
  readonly itemId: string
  /** What the two who sign read: a number and a subject, no particulars of persons. */
  readonly title: string
}

/** What a room tells about open work that hangs on a person, so that nothing is lost when he leaves. */
export interface WorkSource {
  readonly room: string
  /** Everything of the room that is open and assigned to the person. */
  openWorkOf(trx: Trx, userId: string): Promise<readonly Omit<WorkItem, 'room'>[]>
  /** Assigns the items to the successor; an item that was settled meanwhile is left alone. */
  handOver(trx: Trx, items: readonly WorkItem[], fromUser: string, toUser: string): Promise<void>
}
