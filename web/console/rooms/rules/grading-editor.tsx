import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, InputNumber, Select, Space } from 'antd'
import { useTranslation } from 'react-i18next'
import { LevelTag } from '../../../kit/index.ts'
import type { Level } from '../../../kit/level-tag.tsx'
import { inLanguage } from '../../language.ts'
import type { GradingRow } from './rule.ts'
import { useRules } from './use-rules.ts'

const levels = ['red', 'yellow', 'blue'] as const

/** A row while it is edited: it has no name of its own, so it gets a key that goes with it when it is moved. */
export type DraftedRow = GradingRow & { readonly key: string }

let drafts = 0

export function drafted(rows: readonly GradingRow[]): DraftedRow[] {
  return rows.map((row) => {
    drafts += 1
    return { ...row, key: String(drafts) }
  })
}

/** The rows as they are filed. */
export function filed(rows: readonly DraftedRow[]): GradingRow[] {
  return rows.map(({ key: _key, ...row }) => row)
}

/** The rows of a decision table, to be edited and put in order. A field left empty is no condition. */
export function GradingEditor(props: {
  pack: string
  rows: readonly DraftedRow[]
  onChange: (rows: readonly DraftedRow[]) => void
}) {
  const { t } = useTranslation()
  const { rows, onChange } = props
  const put = (place: number, row: DraftedRow) =>
    onChange(rows.map((other, index) => (index === place ? row : other)))
  const move = (place: number, by: -1 | 1) => {
    const next = [...rows]
    next.splice(place + by, 0, ...next.splice(place, 1))
    onChange(next)
  }
  return (
    <>
      <ol className="grading editing">
        {rows.map((row, place) => (
          <li key={row.key}>
            <div className="row-tools">
              <b>{place + 1}</b>
              <Button
                size="small"
                aria-label={t('rules.moveUp')}
                icon={<ArrowUpOutlined />}
                disabled={place === 0}
                onClick={() => move(place, -1)}
              />
              <Button
                size="small"
                aria-label={t('rules.moveDown')}
                icon={<ArrowDownOutlined />}
                disabled={place === rows.length - 1}
                onClick={() => move(place, 1)}
              />
              <Button
                size="small"
                danger
                aria-label={t('rules.removeRow')}
                icon={<DeleteOutlined />}
                disabled={rows.length === 1}
                onClick={() => onChange(rows.filter((_row, index) => index !== place))}
              />
            </div>
            <RowFields pack={props.pack} row={row} onChange={(next) => put(place, next)} />
          </li>
        ))}
      </ol>
      <Button
        icon={<PlusOutlined />}
        onClick={() =>
          onChange([...drafted([{ level: 'yellow', title: { zh: '', en: '' }, min_rules: 1 }]), ...rows])
        }
      >
        {t('rules.addRow')}
      </Button>
    </>
  )
}

function RowFields(props: { pack: string; row: DraftedRow; onChange: (row: DraftedRow) => void }) {
  const { t } = useTranslation()
  const { row, onChange } = props
  const rules = (useRules().data ?? []).filter(({ pack }) => pack === props.pack)
  const set = (entry: Partial<GradingRow>) => {
    const next = Object.entries({ ...row, ...entry }).filter(
      ([, value]) => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0),
    )
    onChange(Object.fromEntries(next) as unknown as DraftedRow)
  }
  return (
    <div className="row-fields">
      <div className="row-title">
        <Select
          aria-label={t('rules.fields.level')}
          style={{ width: 120 }}
          value={row.level}
          onChange={(level: Level) => set({ level })}
          options={levels.map((value) => ({ value, label: <LevelTag level={value} /> }))}
        />
        <Input
          aria-label={t('rules.titleZh')}
          placeholder={t('rules.titleZh')}
          value={row.title.zh}
          onChange={({ target }) => set({ title: { ...row.title, zh: target.value } })}
        />
        <Input
          aria-label={t('rules.titleEn')}
          placeholder={t('rules.titleEn')}
          value={row.title.en}
          onChange={({ target }) => set({ title: { ...row.title, en: target.value } })}
        />
      </div>
      <Select
        mode="multiple"
        aria-label={t('rules.grading.hitLevelField')}
        placeholder={t('rules.grading.hitLevelField')}
        value={[...(row.hit_level ?? [])]}
        onChange={(hit_level: Level[]) => set({ hit_level })}
        options={levels.map((value) => ({ value, label: t(`kit.level.${value}`) }))}
      />
      <Select
        mode="multiple"
        aria-label={t('rules.grading.rulesField')}
        placeholder={t('rules.grading.rulesField')}
        value={[...(row.rules ?? [])]}
        onChange={(chosen: string[]) => set({ rules: chosen })}
        options={rules.map(({ code, title }) => ({ value: code, label: `${code} ${inLanguage(title)}` }))}
      />
      <Select
        mode="multiple"
        aria-label={t('rules.grading.conditionsField')}
        placeholder={t('rules.grading.conditionsField')}
        value={[...(row.conditions ?? [])]}
        onChange={(chosen: string[]) => set({ conditions: chosen })}
        options={rules.flatMap(({ code, conditions }) =>
          conditions.map(({ key, title }) => ({
            value: `${code}.${key}`,
            label: `${code} ${inLanguage(title)}`,
          })),
        )}
      />
      <Space wrap>
        <InputNumber
          aria-label={t('rules.grading.minRulesField')}
          prefix={<span className="muted">{t('rules.grading.minRulesField')}</span>}
          style={{ width: 220 }}
          min={1}
          max={20}
          precision={0}
          value={row.min_rules ?? null}
          onChange={(count) => set({ min_rules: count ?? (undefined as never) })}
        />
        <InputNumber<string>
          stringMode
          aria-label={t('rules.grading.minAmountField')}
          prefix={<span className="muted">{t('rules.grading.minAmountField')}</span>}
          suffix={t('kit.yuan')}
          style={{ width: 260 }}
          min="0"
          value={row.min_amount ?? null}
          onChange={(amount) => set({ min_amount: amount ?? (undefined as never) })}
        />
      </Space>
    </div>
  )
}
