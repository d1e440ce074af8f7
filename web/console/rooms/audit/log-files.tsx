import { DownloadOutlined, SafetyCertificateOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answered, client, keepFile, ReasonModal } from '../../../kit/index.ts'

/** What is kept elsewhere: a signed checkpoint, and the log itself for verification away from the server. */
export function LogFiles() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const onSuccess = () => {
    setAsking(false)
    return queries.invalidateQueries({ queryKey: ['audit'] })
  }
  const checkpoint = useMutation({
    mutationFn: () =>
      kept(client.POST('/api/v1/audit/checkpoint/export', { parseAs: 'blob' }), 'checkpoint.json'),
    onSuccess,
    onError: (error) => void message.error(error.message),
  })
  const log = useMutation({
    mutationFn: (purpose: string) =>
      kept(client.POST('/api/v1/audit/export', { body: { purpose }, parseAs: 'blob' }), 'audit-log.jsonl'),
    onSuccess,
  })
  return (
    <>
      <Button
        icon={<SafetyCertificateOutlined />}
        title={t('audit.checkpointWhy')}
        loading={checkpoint.isPending}
        onClick={() => checkpoint.mutate()}
      >
        {t('audit.takeCheckpoint')}
      </Button>
      <Button icon={<DownloadOutlined />} onClick={() => setAsking(true)}>
        {t('audit.takeLog')}
      </Button>
      {asking ? (
        <ReasonModal
          title={t('audit.takeLog')}
          note={t('audit.takeLogWhy')}
          busy={log.isPending}
          error={log.error}
          onCancel={() => setAsking(false)}
          onReason={(purpose) => log.mutate(purpose)}
        />
      ) : null}
    </>
  )
}

async function kept(call: Promise<{ response: Response }>, otherwise: string): Promise<void> {
  keepFile(await answered<Blob>(call as never), (await call).response.headers, otherwise)
}
