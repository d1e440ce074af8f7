import { inLanguage } from '../../../language.ts'
import { MarkedText } from './marked-text.tsx'
import { useExplanation } from './use-explanation.ts'

/** The alert's sentence, with the words marked that the rules found. */
export function Sentence({ alertId, zh, en }: { alertId: string; zh: string; en: string }) {
  const explained = useExplanation(alertId)
  const words = explained.data?.hits.flatMap((hit) => hit.words) ?? []
  // Places are those of the records; in the sentence the word is marked wherever it stands.
  const marks = words.map(({ word }) => ({ word, column: null, line: null, at: null }))
  return (
    <p className="sentence">
      <MarkedText text={inLanguage({ zh, en })} marks={marks} />
    </p>
  )
}
