import { Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Amount, LevelTag } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { type AlertRow, Due } from './alert-table.tsx'

/** The alert of the current row beside the list; it follows the keys j and k, so it never takes the focus. */
export function AlertPreview({ alert, onClose }: { alert: AlertRow; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Drawer open size={420} mask={false} autoFocus={false} title={alert.number} onClose={onClose}>
      <p>
        <LevelTag level={alert.level} /> {t(`alerts.states.${alert.state}`)}
      </p>
      <p className="sentence">{inLanguage({ zh: alert.messageZh, en: alert.messageEn })}</p>
      <dl className="facts">
        <dt>{t('alerts.unit')}</dt>
        <dd>{alert.unitName ?? alert.unitCode ?? '—'}</dd>
        <dt>{t('alerts.amount')}</dt>
        <dd>
          <Amount yuan={alert.amount} />
        </dd>
        <dt>{t('alerts.rules')}</dt>
        <dd>{alert.rules.join(' ')}</dd>
        <dt>{t('alerts.onDate')}</dt>
        <dd>{alert.onDate}</dd>
        <dt>{t('alerts.due')}</dt>
        <dd>
          <Due of={alert} />
        </dd>
      </dl>
      <p>
        <Link to={`/alerts/${alert.alertId}`}>{t('alerts.openPage')}</Link>
      </p>
    </Drawer>
  )
}
