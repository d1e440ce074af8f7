import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, ErrorState, LevelTag, StateTag } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import type { ConfiguredObject, KeywordGroup } from './rule.ts'

type Outcome = components['schemas']['KeywordOutcome']

interface Entry {
  readonly itemName: string
  readonly sellerName?: string
  readonly remark?: string
}

/** Type a line of an invoice and see what the words make of it; the rule itself judges, with the draft where there is one. */
export function KeywordTry(props: {
  draft: { object: string; content: KeywordGroup } | undefined
  groups: readonly ConfiguredObject[]
}) {
  const { t } = useTranslation()
  const { draft, groups } = props
  const judge = useMutation({
    mutationFn: ({ itemName, sellerName, remark }: Entry) =>
      answered<Outcome[]>(
        client.POST('/api/v1/keyword-groups/try', {
          body: {
            itemName,
            ...(sellerName ? { sellerName } : {}),
            ...(remark ? { remark } : {}),
            ...(draft ? { draft: draft as never } : {}),
          },
        }),
      ),
  })
  return (
    <section className="panel try-line">
      <h2>
        {t('rules.tryTitle')} {draft ? <StateTag tone="yellow">{t('rules.withDraft')}</StateTag> : null}
      </h2>
      <Form<Entry> layout="inline" onFinish={(entry) => judge.mutate(entry)}>
        <Form.Item name="itemName" rules={[{ required: true, message: '' }]} style={{ flex: 2 }}>
          <Input placeholder={t('rules.itemName')} aria-label={t('rules.itemName')} maxLength={200} />
        </Form.Item>
        <Form.Item name="sellerName" style={{ flex: 1 }}>
          <Input placeholder={t('rules.sellerName')} aria-label={t('rules.sellerName')} maxLength={200} />
        </Form.Item>
        <Form.Item name="remark" style={{ flex: 1 }}>
          <Input placeholder={t('rules.remark')} aria-label={t('rules.remark')} maxLength={200} />
        </Form.Item>
        <Button htmlType="submit" type="primary" loading={judge.isPending}>
          {t('rules.try')}
        </Button>
      </Form>
      {judge.isError ? <ErrorState error={judge.error} /> : null}
      <div aria-live="polite">
        {judge.data?.length === 0 ? <p className="muted">{t('rules.noGroupHits')}</p> : null}
        {judge.data?.map((outcome) => (
          <OutcomeLine key={outcome.group} outcome={outcome} groups={groups} />
        ))}
      </div>
    </section>
  )
}

function OutcomeLine({ outcome, groups }: { outcome: Outcome; groups: readonly ConfiguredObject[] }) {
  const { t } = useTranslation()
  const titleOf = (code: string) => {
    const title = groups.find(({ object }) => object === code)?.title
    return title ? inLanguage(title) : code
  }
  return (
    <div className="row-line">
      {outcome.outcome === 'hit' ? (
        <LevelTag level={outcome.level} />
      ) : (
        <StateTag tone="none">{t('rules.cancelled')}</StateTag>
      )}
      <b>{inLanguage(outcome.name)}</b>
      <span>{outcome.words}</span>
      {outcome.stops.length > 0 ? (
        <span className="muted">
          {t('rules.cancelledBy', {
            words: outcome.stops
              .map(({ group, word }) => t('rules.stopOf', { word, group: titleOf(group) }))
              .join(t('rules.comma')),
          })}
        </span>
      ) : null}
    </div>
  )
}
