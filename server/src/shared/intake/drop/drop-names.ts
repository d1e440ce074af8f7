import { extname } from 'node:path'
import type { FileForm } from '../file-form.ts'
import { type Target, targets } from '../targets.ts'

/** What a file in the drop folder holds by its name: `<dataset>-<anything>.csv`, or the dataset's name alone. */
export function targetOfName(name: string): Target | undefined {
  const extension = extname(name)
  const form = extension.slice(1).toLowerCase() as FileForm
  const stem = name.slice(0, name.length - extension.length)
  return targets.find(
    (target) => target.forms.includes(form) && (stem === target.name || stem.startsWith(`${target.name}-`)),
  )
}

/** Where a settled file lies: by the time at which it was taken, so that the same name may come every night. */
export function settledName({
  fileName,
  takenAt,
  droppedId,
}: {
  readonly fileName: string
  readonly takenAt: string
  readonly droppedId: string
}): string {
  const time = takenAt.slice(0, 19).replace(/[-:]/g, '')
  return `${time}-${droppedId.slice(-4)}-${fileName}`
}
