import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { answered, client, groupedYuan } from '../../../kit/index.ts'

/** The line of totals under the list: the exact count and sums of all that it holds, not of the page in sight. */
export function AlertTotals({ conditions }: { conditions: Readonly<Record<string, string | undefined>> }) {
  const { t } = useTranslation()
  const { sort: _sort, ...filter } = conditions
  const { data } = useQuery({
    queryKey: ['alerts', 'totals', filter],
    queryFn: () =>
      answered<components['schemas']['AlertTotals']>(
        client.GET('/api/v1/alert-totals', { params: { query: filter as never } }),
      ),
  })
  if (!data) return <p className="alert-totals muted">…</p>
  return (
    <p className="alert-totals" data-count={data.count} data-recovered={data.recoveredAmount}>
      <b>{t('alerts.totals.count', { count: data.count })}</b>
      <span>{t('alerts.totals.amount', { amount: groupedYuan(data.amount) })}</span>
      <span>{t('alerts.totals.violation', { amount: groupedYuan(data.violationAmount) })}</span>
      <span>{t('alerts.totals.recovered', { amount: groupedYuan(data.recoveredAmount) })}</span>
    </p>
  )
}
