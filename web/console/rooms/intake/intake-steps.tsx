import { Steps } from 'antd'
import { useTranslation } from 'react-i18next'

const steps = ['read', 'checked', 'loaded'] as const

/** The strip of steps that a file goes through. */
export function IntakeSteps({ current, failed }: { current: number; failed?: boolean }) {
  const { t } = useTranslation()
  return (
    <div className="panel">
      <Steps
        size="small"
        current={current}
        status={failed ? 'error' : 'process'}
        items={steps.map((step) => ({ title: t(`intake.steps.${step}`) }))}
      />
    </div>
  )
}
