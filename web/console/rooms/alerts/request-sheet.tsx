import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../client/api.generated.ts'
import { groupedYuan } from '../../../kit/index.ts'

type PrintedRequest = components['schemas']['PrintedRequest']

/** The sheet itself. It is a document of the offices, in Chinese whatever the language of the screen. */
export function RequestSheet({ sheet }: { sheet: PrintedRequest }) {
  const { i18n } = useTranslation()
  const t = i18n.getFixedT('zh')
  return (
    <article className="sheet" lang="zh-CN">
      <header>
        <div className="sheet-line">
          <b>{t('request.secrecy')}</b>
          <span>{t('request.copy', { copy: sheet.mark.slice(-7) })}</span>
        </div>
        <h1>{sheet.organName}</h1>
        <h2>{t('request.heading')}</h2>
        <div className="sheet-line">
          <span>{t('request.number', { number: sheet.number })}</span>
          <img alt={sheet.mark} src={`data:image/svg+xml;utf8,${encodeURIComponent(sheet.barcode)}`} />
        </div>
      </header>
      <table>
        <tbody>
          <Pair>
            {[t('request.unit'), sheet.unitName ?? '—', t('request.unitCode'), sheet.unitCode ?? '—']}
          </Pair>
          <Pair>{[t('request.pack'), sheet.pack, t('request.level'), t(`kit.level.${sheet.level}`)]}</Pair>
          <Pair>
            {[
              t('request.onDate'),
              longDate(sheet.onDate),
              t('request.amount'),
              <span key="amount" className="numeric">
                {groupedYuan(sheet.amount)}
              </span>,
            ]}
          </Pair>
          <Pair>
            {[
              t('request.dispatchedOn'),
              longDate(sheet.dispatchedOn),
              t('request.dueOn'),
              sheet.dueOn ? longDate(sheet.dueOn) : '—',
            ]}
          </Pair>
          <Whole title={t('request.matter')}>{sheet.message}</Whole>
          <Whole title={t('request.rules')}>
            {sheet.rules.map(({ code, title }) => (
              <p key={code}>
                {code} {title.zh}
              </p>
            ))}
          </Whole>
          <Whole title={t('request.wanted')}>{sheet.request ?? t('request.usual')}</Whole>
          <Whole title={t('request.answer')} className="answer" />
          <Whole title={t('request.papers')} className="papers" />
          <Pair>{[t('request.handler'), t('request.signed'), t('request.telephone'), '']}</Pair>
          <Whole title={t('request.head')} className="signature">
            {t('request.seal')}
          </Whole>
        </tbody>
      </table>
      <p className="sheet-close">
        {t('request.close', { organ: sheet.organName, date: longDate(sheet.printedAt.slice(0, 10)) })}
      </p>
      <footer>{t('request.footer', { by: sheet.printedBy, at: sheet.printedAt, mark: sheet.mark })}</footer>
    </article>
  )
}

/** Two fields beside each other: title, content, title, content. */
function Pair({ children }: { children: readonly [string, ReactNode, string, ReactNode] }) {
  const [left, one, right, other] = children
  return (
    <tr>
      <th>{left}</th>
      <td>{one}</td>
      <th>{right}</th>
      <td>{other}</td>
    </tr>
  )
}

function Whole(props: { title: string; className?: string; children?: ReactNode }) {
  return (
    <tr className={props.className}>
      <th>{props.title}</th>
      <td colSpan={3}>{props.children}</td>
    </tr>
  )
}

/** `2026年11月24日`, as documents write it. */
function longDate(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}
