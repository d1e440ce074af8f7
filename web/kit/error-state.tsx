import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Refused } from './client.ts'

/** What happened, what to do, and the number to quote. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t, i18n } = useTranslation()
  const language = i18n.language.startsWith('en') ? 'en' : 'zh'
  const problem = error instanceof Refused ? error.problem : undefined
  const sentence = problem?.detail[language] ?? t('kit.error.unknown')
  const fields = problem?.fields?.map((field) => field[language]).join('；')
  return (
    <Alert
      type="error"
      showIcon
      title={sentence}
      description={
        <>
          {fields ? <div>{fields}</div> : null}
          {problem ? <div className="muted">{t('kit.error.number', { number: problem.number })}</div> : null}
        </>
      }
      action={retry ? <Button onClick={retry}>{t('kit.error.retry')}</Button> : undefined}
    />
  )
}
