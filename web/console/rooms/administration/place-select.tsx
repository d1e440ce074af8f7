import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { answered, client } from '../../../kit/index.ts'

type Organs = { readonly items: readonly components['schemas']['Organ'][] }
type Units = { readonly items: readonly components['schemas']['Unit'][] }

interface PlaceSelectProps {
  readonly kind: 'organCode' | 'unitCode'
  /** Given by the form, so that its label belongs to the field. */
  readonly id?: string
  readonly value?: string
  onChange?(code: string): void
}

/** Finds an organ or office, or a unit, by a part of its name. */
export function PlaceSelect({ kind, id, value, onChange }: PlaceSelectProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const organs = useQuery({
    queryKey: ['organs'],
    queryFn: () => answered<Organs>(client.GET('/api/v1/organs')),
    enabled: kind === 'organCode',
  })
  const units = useQuery({
    queryKey: ['units', 'choice', words],
    queryFn: () =>
      answered<Units>(
        client.GET('/api/v1/units', {
          params: { query: { state: 'open', limit: 20, ...(words ? { q: words } : {}) } },
        }),
      ),
    enabled: kind === 'unitCode',
    placeholderData: (before) => before,
  })
  const organOptions = (organs.data?.items ?? [])
    .filter((organ) => !organ.closedOn)
    .map(({ organCode, name }) => ({ value: organCode, label: name }))
  const unitOptions = (units.data?.items ?? []).map(({ unitCode, unitName }) => ({
    value: unitCode,
    label: `${unitName} ${unitCode}`,
  }))
  return (
    <Select
      {...(id ? { id } : {})}
      value={value}
      onChange={onChange}
      placeholder={t('administration.placeHint')}
      options={kind === 'organCode' ? organOptions : unitOptions}
      showSearch={
        kind === 'organCode' ? { optionFilterProp: 'label' } : { filterOption: false, onSearch: setWords }
      }
    />
  )
}
