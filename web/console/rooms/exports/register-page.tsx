import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import {
  answered,
  client,
  type ListColumn,
  type ListData,
  ListPage,
  StateTag,
  shanghaiTime,
  useListAddress,
} from '../../../kit/index.ts'

type ExportEntry = components['schemas']['ExportEntry']

const names = ['mark', 'form', 'subject'] as const
const forms = ['xlsx', 'csv', 'paper'] as const
const subjects = ['alerts.list', 'alerts.explanation_request'] as const
const tones = { started: 'blue', finished: 'done', broken: 'yellow' } as const

/** The register of prints and exports: who took what, when, by which conditions, how many rows, why. Never the contents. */
export function RegisterPage() {
  const { t } = useTranslation()
  const address = useListAddress(names)
  const { conditions, cursor } = address
  const list = useQuery({
    queryKey: ['exports', conditions, cursor],
    queryFn: () =>
      answered<ListData<ExportEntry>>(
        client.GET('/api/v1/exports', { params: { query: { ...conditions, cursor, limit: 50 } as never } }),
      ),
  })
  return (
    <ListPage<ExportEntry, (typeof names)[number]>
      name="exports"
      title={t('exports.title')}
      address={address}
      fields={[
        { name: 'mark', label: t('exports.mark'), kind: 'text' },
        {
          name: 'form',
          label: t('exports.form'),
          kind: 'choice',
          options: forms.map((value) => ({ value, label: t(`exports.forms.${value}`) })),
        },
        {
          name: 'subject',
          label: t('exports.subject'),
          kind: 'choice',
          options: subjects.map((value) => ({ value, label: t(`exports.subjects.${keyOf(value)}`) })),
        },
      ]}
      columns={useColumns()}
      rowKey="entryId"
      query={list}
      emptyText={t('exports.empty')}
    />
  )
}

/** `alerts.list` as a key of the texts. */
function keyOf(subject: string): string {
  return subject.replace('.', '_')
}

/** Where the words of conditions stand that are chosen from a list. */
const words: Readonly<Record<string, string>> = {
  level: 'kit.level',
  state: 'alerts.states',
  verdict: 'alerts.verdicts',
  sort: 'alerts.sorts',
}

function useColumns(): ListColumn<ExportEntry>[] {
  const { t } = useTranslation()
  const worded = (name: string, value: string) =>
    value
      .split(',')
      .map((code) => (words[name] ? t(`${words[name]}.${code}`, { defaultValue: code }) : code))
      .join('、')
  return [
    { key: 'mark', title: t('exports.mark'), dataIndex: 'mark', width: 140 },
    { key: 'at', title: t('exports.at'), width: 144, render: (_value, { at }) => shanghaiTime(at) },
    { key: 'userName', title: t('exports.who'), dataIndex: 'userName', width: 90 },
    {
      key: 'subject',
      title: t('exports.subject'),
      width: 120,
      render: (_value, { subject }) => t(`exports.subjects.${keyOf(subject)}`, { defaultValue: subject }),
    },
    {
      key: 'form',
      title: t('exports.form'),
      width: 100,
      render: (_value, { form }) => t(`exports.forms.${form}`),
    },
    {
      key: 'conditions',
      title: t('exports.conditions'),
      width: 200,
      ellipsis: true,
      render: (_value, { conditions }) =>
        Object.entries(conditions)
          .map(
            ([name, value]) =>
              `${t(`alerts.conditions.${name}`, { defaultValue: name })} ${worded(name, value)}`,
          )
          .join('; ') || '—',
    },
    {
      key: 'rowCount',
      title: t('exports.rows'),
      width: 70,
      align: 'right',
      render: (_value, { rowCount }) => rowCount ?? '—',
    },
    { key: 'purpose', title: t('exports.purpose'), dataIndex: 'purpose', width: 180, ellipsis: true },
    {
      key: 'state',
      title: t('exports.state'),
      width: 96,
      render: (_value, { state }) => <StateTag tone={tones[state]}>{t(`exports.states.${state}`)}</StateTag>,
    },
  ]
}
