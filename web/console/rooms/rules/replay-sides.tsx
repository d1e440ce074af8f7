import { Table } from 'antd'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '../../language.ts'
import { type Replay, type ReplaySide, shownValue } from './replay.ts'
import { useReplayedRule } from './use-replayed-rule.ts'

interface Line {
  readonly key: string
  readonly name: string
  readonly a: string
  readonly b: string
}

/** Both versions beside each other; where they differ, the values stand out. */
export function ReplaySides({ replay }: { replay: Replay }) {
  const { t } = useTranslation()
  const rule = useReplayedRule(replay.rule)
  const { a, b } = replay
  const names = new Set([
    ...(rule?.parameters ?? []).map(({ name }) => name),
    ...Object.keys(a.parameters),
    ...Object.keys(b.parameters),
  ])
  const lines: Line[] = [
    { key: '', name: t('replays.version'), a: versionOf(a), b: versionOf(b) },
    ...[...names].map((name) => {
      const definition = rule?.parameters.find((parameter) => parameter.name === name)
      const unit = definition?.unit ? `（${definition.unit}）` : ''
      return {
        key: name,
        name: definition ? `${inLanguage(definition.title)}${unit}` : name,
        a: shownValue(a.parameters[name]),
        b: shownValue(b.parameters[name]),
      }
    }),
  ]
  const side = (key: 'a' | 'b', title: string) => ({
    key,
    title,
    width: '36%',
    render: (_value: unknown, line: Line) => (line.a === line.b ? line[key] : <mark>{line[key]}</mark>),
  })
  return (
    <div className="panel">
      <h2>
        {replay.rule} {rule ? inLanguage(rule.title) : ''}
      </h2>
      {rule ? <p className="muted">{t('replays.sidesNote')}</p> : null}
      <Table<Line>
        size="small"
        rowKey="key"
        pagination={false}
        dataSource={lines}
        scroll={{ x: 'max-content' }}
        columns={[
          { key: 'name', dataIndex: 'name', title: t('replays.value') },
          side('a', t('replays.sideATitle')),
          side('b', t('replays.sideBTitle')),
        ]}
      />
    </div>
  )
}

function versionOf({ title, ruleVersion }: ReplaySide): string {
  return [inLanguage(title), ruleVersion.slice(0, 12)].filter(Boolean).join(' · ')
}
