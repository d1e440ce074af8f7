import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '../../language.ts'
import type { ReplayChoice, ReplayRequest } from './replay.ts'

export type Source = ReplayRequest['b']

/** With what the sides begin: what is in force beside other values, or a composed rule beside nothing. */
export function firstSources(rule: ReplayChoice | undefined): { a: Source; b: Source } {
  const a: Source = rule && !rule.live ? { kind: 'none' } : { kind: 'live' }
  if (!rule || rule.parameters.length > 0) return { a, b: { kind: 'values', parameters: {} } }
  return { a, b: { kind: 'version', version: rule.versions.at(-1) ?? 0 } }
}

/** Which version a side is: as in force, with other values, an earlier version, or a change that waits for a decision. */
export function SourceChoice(props: {
  side: 'a' | 'b'
  rule: ReplayChoice
  source: Source
  onChange: (source: Source) => void
}) {
  const { t } = useTranslation()
  const { side, rule, source, onChange } = props
  const versions = rule.versions.map((version): [string, Source] => [
    version === 0 ? t('replays.shipped') : t('replays.numbered', { version }),
    { kind: 'version', version },
  ])
  const live: [string, Source] = [t('replays.live'), { kind: 'live' }]
  const values: [string, Source] = [t('replays.values'), { kind: 'values', parameters: {} }]
  const choices: [string, Source][] = [
    ...(side === 'b' && rule.parameters.length > 0 ? [values] : []),
    ...(rule.live ? [live] : []),
    ...versions,
    ...rule.proposals.map(({ proposalId, title }): [string, Source] => [
      t('replays.proposed', { title: inLanguage(title) }),
      { kind: 'proposal', proposalId },
    ]),
    ...(side === 'a' ? [[t('replays.none'), { kind: 'none' }] as [string, Source]] : []),
  ]
  const chosen = choices.findIndex(([, { kind, ...named }]) =>
    kind === 'values' || kind === 'live' || kind === 'none'
      ? source.kind === kind
      : JSON.stringify({ kind, ...named }) === JSON.stringify(source),
  )
  return (
    <Form.Item label={t(side === 'a' ? 'replays.sideA' : 'replays.sideB')} htmlFor={`replay-${side}`}>
      <Select
        id={`replay-${side}`}
        style={{ width: 'min(360px, 72vw)' }}
        value={Math.max(0, chosen)}
        onChange={(place: number) => onChange(choices[place]![1])}
        options={choices.map(([label], value) => ({ value, label }))}
      />
    </Form.Item>
  )
}
