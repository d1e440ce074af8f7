import './rules.css'
import { PlusOutlined } from '@ant-design/icons'
import { Button, Menu, Spin } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState, LevelTag, StateTag, useListAddress } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { may } from '../../session.ts'
import { useCurrentSession } from '../../session-context.ts'
import { KeywordGroupPanel } from './keyword-group-panel.tsx'
import { KeywordTry } from './keyword-try.tsx'
import { NewGroupModal } from './new-group-modal.tsx'
import type { ConfiguredObject, KeywordGroup } from './rule.ts'
import { useConfigured } from './use-rules.ts'

/** Keyword groups with their stop-words: read, tried on a line, and changed by a proposal. */
export function KeywordsPage() {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const groups = useConfigured('keyword-groups')
  const address = useListAddress(['group'] as const)
  const [draft, setDraft] = useState<{ object: string; content: KeywordGroup }>()
  const [adding, setAdding] = useState(false)
  const listed = [...(groups.data ?? [])].sort(byWeight)
  const opened = groups.data?.find(({ object }) => object === address.conditions.group) ?? listed[0]
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('rules.keywords')}</h1>
        <span className="note">{t('rules.keywordsNote')}</span>
        {may(session, 'rules.propose') ? (
          <div className="right no-print">
            <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
              {t('rules.newGroup')}
            </Button>
          </div>
        ) : null}
      </div>
      {groups.isPending ? <Spin className="page-spin" /> : null}
      {groups.isError ? <ErrorState error={groups.error} retry={() => void groups.refetch()} /> : null}
      <KeywordTry draft={draft} groups={groups.data ?? []} />
      {opened ? (
        <div className="beside narrow-left">
          <nav className="panel group-list" aria-label={t('rules.keywords')}>
            <Menu
              mode="inline"
              selectedKeys={[opened.object]}
              onClick={({ key }) => {
                setDraft(undefined)
                address.narrow({ group: key })
              }}
              items={listed.map((group) => ({
                key: group.object,
                label: <GroupLine group={group} />,
              }))}
            />
          </nav>
          <KeywordGroupPanel
            key={`${opened.object} ${opened.newestVersion} ${opened.waiting ?? ''}`}
            group={opened}
            onDraft={setDraft}
          />
        </div>
      ) : null}
      {adding ? <NewGroupModal groups={groups.data ?? []} onClose={() => setAdding(false)} /> : null}
    </div>
  )
}

const order = { red: 0, yellow: 1, blue: 2 } as const

/** Heaviest first; what holds only stop-words for others comes last. */
function byWeight(left: ConfiguredObject, right: ConfiguredObject): number {
  const weight = ({ content }: ConfiguredObject) => {
    const { keywords, level } = content as KeywordGroup
    return keywords.length === 0 ? 3 : order[level]
  }
  return weight(left) - weight(right)
}

function GroupLine({ group }: { group: ConfiguredObject }) {
  const { t } = useTranslation()
  const content = group.content as KeywordGroup
  return (
    <span className="group-line">
      {inLanguage(group.title)}
      <span className="tags">
        {group.waiting ? <StateTag tone="yellow">{t('rules.waiting')}</StateTag> : null}
        <LevelTag level={content.level} />
      </span>
    </span>
  )
}
