import { type KeywordGroup, type RuleChange, wordLists } from './rule.ts'

/** What a draft of a group changes, to be shown before it is filed; the server works it out anew. */
export function changesOfGroup(before: KeywordGroup, after: KeywordGroup): RuleChange[] {
  const plain = (['level', 'prohibited'] as const)
    .filter((field) => before[field] !== after[field])
    .map((field): RuleChange => ({ field, before: before[field], after: after[field] }))
  const lists = wordLists.flatMap((field): RuleChange[] => {
    const added = after[field].filter((word) => !before[field].includes(word))
    const removed = before[field].filter((word) => !after[field].includes(word))
    return added.length + removed.length > 0
      ? [{ field, before: before[field], after: after[field], added, removed }]
      : []
  })
  return [...plain, ...lists]
}
