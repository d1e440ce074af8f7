import { Alert, Button, Radio, Switch, Tabs } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { LevelTag } from '../../../kit/index.ts'
import type { Level } from '../../../kit/level-tag.tsx'
import { inLanguage } from '../../language.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { ChangeList } from './change-list.tsx'
import { changesOfGroup } from './group-changes.ts'
import { ProposeModal } from './propose-modal.tsx'
import { type ConfiguredObject, type KeywordGroup, wordLists } from './rule.ts'
import { VersionList } from './version-list.tsx'
import { WordList } from './word-list.tsx'

const levels = ['red', 'yellow', 'blue'] as const

/** One group: its words as they are, and as somebody drafts them; the draft can be tried before it is filed. */
export function KeywordGroupPanel(props: {
  group: ConfiguredObject
  onDraft: (draft: { object: string; content: KeywordGroup } | undefined) => void
}) {
  const { t } = useTranslation()
  const { group } = props
  const session = useCurrentSession()
  const base = group.newest as KeywordGroup
  const [draft, setDraft] = useState<KeywordGroup>(base)
  const [filing, setFiling] = useState(false)
  const mayEdit = may(session, 'rules.propose') && group.waiting === null
  const changes = changesOfGroup(base, draft)
  const change = (next: Partial<KeywordGroup>) => {
    const content = { ...draft, ...next }
    setDraft(content)
    props.onDraft(changesOfGroup(base, content).length > 0 ? { object: group.object, content } : undefined)
  }
  const reset = () => {
    setDraft(base)
    props.onDraft(undefined)
  }
  const words = wordLists.map((list) => (
    <WordList
      key={list}
      title={t(`rules.fields.${list}`)}
      hint={t(`rules.wordHints.${list}`)}
      words={draft[list]}
      before={base[list]}
      {...(mayEdit ? { onChange: (next: readonly string[]) => change({ [list]: next }) } : {})}
    />
  ))
  return (
    <div className="panel">
      <div className="version-head">
        <h2>
          {inLanguage(group.title)} <span className="muted code">{group.object}</span>
        </h2>
        {mayEdit && changes.length > 0 ? (
          <span className="right">
            <Button onClick={reset}>{t('rules.discard')}</Button>{' '}
            <Button type="primary" onClick={() => setFiling(true)}>
              {t('rules.propose', { count: changes.length })}
            </Button>
          </span>
        ) : null}
      </div>
      {group.waiting ? (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 16 }}
          title={t('rules.waitingHere')}
          action={<Link to={`/rule-proposals?opened=${group.waiting}`}>{t('rules.look')}</Link>}
        />
      ) : null}
      <div className="level-line" style={{ marginBottom: 12 }}>
        {mayEdit ? (
          <>
            <Radio.Group
              value={draft.level}
              onChange={({ target }) => change({ level: target.value as Level })}
              aria-label={t('rules.fields.level')}
            >
              {levels.map((level) => (
                <Radio key={level} value={level}>
                  <LevelTag level={level} />
                </Radio>
              ))}
            </Radio.Group>
            <Switch
              checked={draft.prohibited}
              onChange={(prohibited) => change({ prohibited })}
              aria-label={t('rules.fields.prohibited')}
            />{' '}
            {t('rules.fields.prohibited')}
          </>
        ) : (
          <>
            <LevelTag level={draft.level} />{' '}
            {t(draft.prohibited ? 'rules.prohibited' : 'rules.notProhibited')}
          </>
        )}
      </div>
      <Tabs
        items={[
          { key: 'words', label: t('rules.words'), children: words },
          {
            key: 'versions',
            label: t('rules.versions', { count: group.versions.length }),
            children: <VersionList versions={group.versions} present={group.version} />,
          },
        ]}
      />
      {filing ? (
        <ProposeModal
          wide
          title={t('rules.changeOf', { rule: inLanguage(group.title) })}
          planned={group.coming?.validFrom}
          draft={() => ({
            kind: 'keyword_group',
            object: group.object,
            baseVersion: group.newestVersion,
            content: draft,
          })}
          onClose={() => setFiling(false)}
        >
          <ChangeList changes={changes} />
        </ProposeModal>
      ) : null}
    </div>
  )
}
