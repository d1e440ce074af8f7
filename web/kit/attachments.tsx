import { PaperClipOutlined } from '@ant-design/icons'
import { Button, Form, type FormItemProps, Upload, type UploadFile } from 'antd'
import { useTranslation } from 'react-i18next'

export interface AttachedFile {
  readonly fileId: string
  readonly fileName: string
  readonly byteCount: number
}

/** What is attached to something, each to be saved from under that something's address. */
export function AttachmentLinks({ files, under }: { files: readonly AttachedFile[]; under: string }) {
  const { t } = useTranslation()
  if (files.length === 0) return null
  return (
    <ul className="attachments" aria-label={t('kit.attachments.title')}>
      {files.map(({ fileId, fileName, byteCount }) => (
        <li key={fileId}>
          <PaperClipOutlined aria-hidden />{' '}
          <a href={`${under}/files/${fileId}`} download={fileName}>
            {fileName}
          </a>{' '}
          <span className="muted">{sizeOf(byteCount)}</span>
        </li>
      ))}
    </ul>
  )
}

function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(0)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

/**
 * Uploads files as they are chosen and tells the identifiers of those that were taken.
 * @param owed what must be attached; nothing needs to be where it is left out
 */
export function AttachmentField({
  onChange,
  owed,
}: {
  onChange: (fileIds: readonly string[]) => void
  owed?: string | undefined
}) {
  const { t } = useTranslation()
  const hint = t('kit.attachments.hint')
  return (
    <Form.Item
      label={t('kit.attachments.title')}
      extra={owed ? `${t('kit.attachments.owed', { what: owed })} ${hint}` : hint}
      {...(owed ? required(t('kit.attachments.missing')) : {})}
    >
      <Upload
        action="/api/v1/files"
        name="file"
        multiple
        maxCount={20}
        onChange={({ fileList }) =>
          onChange(
            fileList.flatMap((file) =>
              file.status === 'done' ? [(file.response as { fileId: string }).fileId] : [],
            ),
          )
        }
      >
        <Button>{t('kit.attachments.choose')}</Button>
      </Upload>
    </Form.Item>
  )
}

/** What makes the form ask for a file before it is sent; one that is still on its way will do. */
function required(missing: string): FormItemProps {
  return {
    name: 'attachments',
    required: true,
    valuePropName: 'fileList',
    getValueFromEvent: ({ fileList }: { fileList: UploadFile[] }) => fileList,
    rules: [
      {
        validator: async (_rule, chosen: readonly UploadFile[] = []) => {
          if (!chosen.some(({ status }) => status === 'done' || status === 'uploading'))
            throw new Error(missing)
        },
      },
    ],
  }
}
