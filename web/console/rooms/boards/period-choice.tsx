import { DatePicker, Segmented, Select } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { type PeriodKind, periodKinds } from './board-period.ts'
import type { BoardAddress } from './use-board-address.ts'

/** This month, quarter, year, or days chosen freely; and which day counts. All of it goes into the address. */
export function PeriodChoice({ address }: { address: BoardAddress }) {
  const { t } = useTranslation()
  const { kind, period, basis, change } = address
  return (
    <div className="period-choice no-print">
      <Segmented<PeriodKind>
        value={kind}
        options={periodKinds.map((value) => ({ value, label: t(`boards.periods.${value}`) }))}
        onChange={(value) =>
          change(
            value === 'custom'
              ? { period: value, from: period.from, to: period.to }
              : { period: value, from: undefined, to: undefined },
          )
        }
      />
      {kind === 'custom' ? (
        <DatePicker.RangePicker
          allowClear={false}
          value={[dayjs(period.from), dayjs(period.to)]}
          onChange={(days) =>
            change({ from: days?.[0]?.format('YYYY-MM-DD'), to: days?.[1]?.format('YYYY-MM-DD') })
          }
        />
      ) : null}
      <Select
        aria-label={t('boards.basis')}
        value={basis}
        onChange={(value) => change({ by: value === 'raised' ? undefined : value })}
        options={(['raised', 'occurred'] as const).map((value) => ({
          value,
          label: t(`boards.bases.${value}`),
        }))}
      />
    </div>
  )
}
