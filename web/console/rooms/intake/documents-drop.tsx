import { InboxOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Upload } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { ErrorState, type Problem, Refused } from '../../../kit/index.ts'

const mostFiles = 20

/** Several documents are gathered first and sent together: they are one batch. */
export function DocumentsDrop({ dataset }: { dataset: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [files, setFiles] = useState<readonly File[]>([])
  const send = useMutation({
    mutationFn: () => sendTogether(dataset, files),
    onSuccess: ({ batchId }) => {
      void queries.invalidateQueries({ queryKey: ['intake', 'list'] })
      navigate(`/intake/${batchId}`)
    },
  })
  return (
    <>
      <Upload.Dragger
        multiple
        accept=".xml,.ofd,.zip"
        disabled={send.isPending}
        fileList={files.map((file, at) => ({ uid: String(at), name: file.name, size: file.size }))}
        beforeUpload={(_file, chosen) => {
          setFiles((before) => [...new Set([...before, ...chosen])].slice(0, mostFiles))
          return false
        }}
        onRemove={({ uid }) => setFiles((before) => before.filter((_file, at) => String(at) !== uid))}
      >
        <p className="ant-upload-drag-icon">
          <InboxOutlined />
        </p>
        <p>{t(send.isPending ? 'intake.checking' : 'intake.dropDocuments')}</p>
        <p className="muted">{t('intake.documentsHint', { count: mostFiles })}</p>
      </Upload.Dragger>
      {files.length > 0 ? (
        <Button
          type="primary"
          style={{ marginTop: 16 }}
          loading={send.isPending}
          onClick={() => send.mutate()}
        >
          {t('intake.checkFiles', { count: files.length })}
        </Button>
      ) : null}
      {send.isError ? (
        <div style={{ marginTop: 16 }}>
          <ErrorState error={send.error} />
        </div>
      ) : null}
    </>
  )
}

async function sendTogether(dataset: string, files: readonly File[]): Promise<{ batchId: string }> {
  const form = new FormData()
  for (const file of files) form.append('file', file)
  const answer = await fetch(`/api/v1/intake/${dataset}/batches`, { method: 'POST', body: form })
  const body = await answer.json()
  if (!answer.ok) throw new Refused(body as Problem)
  return body as { batchId: string }
}
