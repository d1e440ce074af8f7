import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { answered, client } from '../../../kit/index.ts'
import type { Board } from '../boards/figure.ts'
import { FigureLink } from '../boards/figure-link.tsx'

const boards = [
  { pack: 'fiscal', address: '/boards/fiscal' },
  { pack: 'invoices', address: '/boards/invoices' },
] as const
const figures = ['raised', 'open', 'overdue', 'closed'] as const

/** The month so far of each pack in its main figures; every figure leads to its rows. */
export function MonthBoards({ today }: { today: string }) {
  return (
    <div className="month-boards">
      {boards.map((board) => (
        <MonthBoard key={board.pack} today={today} {...board} />
      ))}
    </div>
  )
}

function MonthBoard({ pack, address, today }: (typeof boards)[number] & { today: string }) {
  const { t } = useTranslation()
  const within = { pack, raisedFrom: `${today.slice(0, 7)}-01`, raisedTo: today }
  const month = useQuery({
    queryKey: ['alerts', 'board', 'month', within],
    queryFn: () =>
      answered<Board>(
        client.GET('/api/v1/alert-board', { params: { query: { ...within, of: 'headline' } as never } }),
      ),
  })
  const find = (key: string) => month.data?.headline?.find((figure) => figure.key === key)
  return (
    <section className="panel">
      <h2>
        <Link to={address}>{t(`boards.title.${pack}`)}</Link>{' '}
        <span className="muted">{t('workbench.month')}</span>
      </h2>
      <div className="month-figures">
        {figures.map((key) => {
          const figure = find(key)
          return (
            <span key={key}>
              {t(`boards.headline.${key}`)}
              <b>
                {figure ? (
                  <FigureLink figure={figure}>{figure.count.toLocaleString('en-US')}</FigureLink>
                ) : (
                  '…'
                )}
              </b>
            </span>
          )
        })}
      </div>
    </section>
  )
}
