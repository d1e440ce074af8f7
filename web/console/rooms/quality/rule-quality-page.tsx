import { useQueryClient } from '@tanstack/react-query'
import { Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { inLanguage } from '../../language.ts'
import { usePacks } from '../boards/use-board.ts'
import { DrawButton } from './draw-button.tsx'
import { qualityKey, useSampleRates } from './quality.ts'
import { RulesPanel } from './rules-panel.tsx'
import { SamplesPanel } from './samples-panel.tsx'
import { SizeButton } from './size-button.tsx'
import './quality.css'

const packsShown = ['fiscal', 'invoices']

/**
 * How good the rules are, by rule and month: how often they were right, what they found of what is known, and what they
 * missed in a random sample. Every figure leads to its rows.
 */
export function RuleQualityPage() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [address, setAddress] = useSearchParams()
  const packs = usePacks().filter(({ pack }) => packsShown.includes(pack))
  const rates = useSampleRates()
  const pack = address.get('pack') ?? packs[0]?.pack ?? ''
  const month = address.get('month') ?? undefined
  const months = [...new Set((rates.data?.months ?? []).map((rate) => rate.month))]
  const set = (entry: { pack?: string; month?: string | undefined }) => {
    const next = { pack, month, ...entry }
    setAddress(next.month ? { pack: next.pack, month: next.month } : { pack: next.pack })
  }
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('quality.title')}</h1>
        <div className="right no-print">
          <SizeButton pack={pack} />
          <DrawButton
            pack={pack}
            onAsked={() => void queries.invalidateQueries({ queryKey: [qualityKey] })}
          />
        </div>
      </div>
      <div className="quality-controls no-print">
        <Segmented
          value={pack}
          onChange={(chosen) => set({ pack: chosen })}
          options={packs.map((one) => ({ value: one.pack, label: inLanguage(one.title) }))}
        />
        <Select
          allowClear
          aria-label={t('quality.month')}
          placeholder={t('quality.allMonths')}
          style={{ width: 160 }}
          value={month}
          onChange={(chosen?: string) => set({ month: chosen })}
          options={months.map((value) => ({ value, label: value }))}
        />
        <span className="muted">{t('quality.intro')}</span>
      </div>
      <SamplesPanel pack={pack} month={month} />
      <RulesPanel pack={pack} month={month} />
    </div>
  )
}
