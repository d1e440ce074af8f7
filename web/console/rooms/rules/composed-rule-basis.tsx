import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ComposedContent } from './composed-rule.ts'

type Basis = ComposedContent['basis'][number]

/** On what law or practice the rule rests; at least one. */
export function ComposedBasis(props: {
  content: ComposedContent
  onChange: (part: Partial<ComposedContent>) => void
}) {
  const { t } = useTranslation()
  const { basis } = props.content
  const change = (place: number, part: Partial<Basis>) =>
    props.onChange({ basis: basis.map((one, at) => (at === place ? { ...one, ...part } : one)) })
  return (
    <div className="panel">
      <h2>{t('composed.basis')}</h2>
      {basis.map((one, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a basis has no name of its own but its place
        <div key={place} className="basis-line">
          {(['zh', 'en'] as const).map((language) => (
            <Input
              key={language}
              aria-label={t(`composed.bases.${language}`)}
              placeholder={t(`composed.bases.${language}`)}
              maxLength={language === 'zh' ? 200 : 400}
              value={one[language]}
              onChange={({ target }) => change(place, { [language]: target.value })}
            />
          ))}
          <Select
            aria-label={t('composed.certainty')}
            value={one.certainty}
            onChange={(certainty) => change(place, { certainty })}
            options={(['law', 'practice', 'proposal'] as const).map((value) => ({
              value,
              label: t(`composed.certainties.${value}`),
            }))}
          />
          <Button
            type="text"
            icon={<CloseOutlined />}
            aria-label={t('composed.remove')}
            disabled={basis.length === 1}
            onClick={() => props.onChange({ basis: basis.filter((_one, at) => at !== place) })}
          />
        </div>
      ))}
      <Button
        type="dashed"
        size="small"
        icon={<PlusOutlined />}
        onClick={() => props.onChange({ basis: [...basis, { zh: '', en: '', certainty: 'practice' }] })}
      >
        {t('composed.addBasis')}
      </Button>
    </div>
  )
}
