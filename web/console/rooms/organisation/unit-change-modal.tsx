import { useQuery } from '@tanstack/react-query'
import { Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { answered, client } from '../../../kit/index.ts'
import { ActModal, DayField, DocumentAndReason, shanghaiToday } from './act-modal.tsx'
import type { UnitDetail } from './unit-detail.ts'

type Change = components['schemas']['UnitChange']
type Units = { readonly items: readonly components['schemas']['Unit'][] }

export const changeKinds = ['rename', 'recode', 'move', 'merge', 'close'] as const
export type ChangeKind = (typeof changeKinds)[number]

interface Values {
  readonly effectiveOn: string
  readonly documentNo?: string
  readonly reason: string
  readonly unitName?: string
  readonly creditCode?: string
  readonly newCode?: string
  readonly other?: string
}

/** Enters that a unit was renamed, recoded, moved, merged or closed, and since when. */
export function UnitChangeModal(props: { unit: UnitDetail; kind: ChangeKind; onClose: () => void }) {
  const { t } = useTranslation()
  const { unit, kind } = props
  const required = [{ required: true, message: t('organisation.missing') }]
  return (
    <ActModal<Values>
      title={`${t(`organisation.changes.${kind}`)} · ${unit.unitName}`}
      note={t(`organisation.changeNotes.${kind}`)}
      danger={kind === 'close' || kind === 'merge'}
      initial={{
        effectiveOn: shanghaiToday(),
        ...(kind === 'rename' ? { unitName: unit.unitName, creditCode: unit.creditCode ?? '' } : {}),
      }}
      act={(values) =>
        answered(
          client.POST('/api/v1/units/{unitCode}/changes', {
            params: { path: { unitCode: unit.unitCode } },
            body: bodyOf(kind, values),
          }),
        )
      }
      onClose={props.onClose}
    >
      {kind === 'rename' ? (
        <>
          <Form.Item name="unitName" label={t('organisation.newName')} rules={required}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="creditCode" label={t('organisation.creditCode')}>
            <Input maxLength={20} allowClear />
          </Form.Item>
        </>
      ) : null}
      {kind === 'recode' ? (
        <Form.Item name="newCode" label={t('organisation.newCode')} rules={required}>
          <Input maxLength={32} />
        </Form.Item>
      ) : null}
      {kind === 'move' || kind === 'merge' ? (
        <Form.Item
          name="other"
          label={t(kind === 'move' ? 'organisation.newParent' : 'organisation.successor')}
          rules={kind === 'merge' ? required : []}
        >
          <UnitChoice except={unit.unitCode} />
        </Form.Item>
      ) : null}
      <Form.Item name="effectiveOn" label={t('organisation.effectiveOn')} rules={required}>
        <DayField />
      </Form.Item>
      <DocumentAndReason />
    </ActModal>
  )
}

function bodyOf(kind: ChangeKind, values: Values): Change {
  const { effectiveOn, reason, documentNo } = values
  const change = {
    rename: { kind: 'rename' as const, unitName: values.unitName!, creditCode: values.creditCode || null },
    recode: { kind: 'recode' as const, unitCode: values.newCode! },
    move: { kind: 'move' as const, parentCode: values.other ?? null },
    merge: { kind: 'merge' as const, successorCode: values.other! },
    close: { kind: 'close' as const },
  }[kind]
  return { change, effectiveOn, reason, ...(documentNo ? { documentNo } : {}) }
}

/** An open unit found by a part of its name or code. */
function UnitChoice(props: {
  except: string
  value?: string
  onChange?: (code: string | undefined) => void
}) {
  const [words, setWords] = useState('')
  const found = useQuery({
    queryKey: ['units', 'choice', words],
    queryFn: () =>
      answered<Units>(
        client.GET('/api/v1/units', {
          params: { query: { state: 'open', limit: 20, ...(words ? { q: words } : {}) } },
        }),
      ),
    placeholderData: (before) => before,
  })
  return (
    <Select
      allowClear
      value={props.value}
      onChange={props.onChange}
      showSearch={{ filterOption: false, onSearch: setWords }}
      options={(found.data?.items ?? [])
        .filter(({ unitCode }) => unitCode !== props.except)
        .map(({ unitCode, unitName }) => ({ value: unitCode, label: `${unitName} ${unitCode}` }))}
    />
  )
}
