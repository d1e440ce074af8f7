import { useTranslation } from 'react-i18next'
import { useSessionRefresh } from '../../session.ts'
import { EntrancePage } from './entrance-page.tsx'
import { SecondFactorSetup } from './second-factor-setup.tsx'

/** The second factor that must be set up before anything else opens. */
export function SecondFactorPage({ demo }: { demo: boolean }) {
  const { t } = useTranslation()
  const refresh = useSessionRefresh()
  return (
    <EntrancePage demo={demo} title={t('session.factorTitle')}>
      <p>{t('session.factorWhy')}</p>
      <SecondFactorSetup onDone={() => void refresh()} />
    </EntrancePage>
  )
}
