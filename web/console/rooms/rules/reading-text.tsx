import { inLanguage } from '../../language.ts'
import { parameterText } from './parameter-text.ts'
import type { RuleDetail } from './rule.ts'
import { useConfigured } from './use-rules.ts'

/** The condition in plain words, with the values in force standing in it; keyword groups by their names. */
export function ReadingText({ rule }: { rule: RuleDetail }) {
  const readsWords = rule.reads.required.some(({ name }) => name === 'keyword')
  const groups = useConfigured('keyword-groups', readsWords).data ?? []
  const named = (word: string) => {
    const group = groups.find(({ object }) => object === word)
    return group ? inLanguage(group.title) : word
  }
  const parts = inLanguage(rule.reading).split(/(\{\w+\})/)
  return (
    <p className="reading">
      {parts.map((part, place) => {
        const name = /^\{(\w+)\}$/.exec(part)?.[1]
        const parameter = rule.parameters.find((known) => known.name === name)
        const key = `${place} ${part}`
        if (!parameter) return <span key={key}>{part}</span>
        const { type, value } = parameter
        return (
          <b key={key} title={parameter.name}>
            {parameterText(type, Array.isArray(value) ? value.map(named) : value)}
          </b>
        )
      })}
    </p>
  )
}
