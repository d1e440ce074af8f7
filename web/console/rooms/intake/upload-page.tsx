import { DownloadOutlined, InboxOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Select, Space, Table, Upload, type UploadFile } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { ErrorState, type Problem, Refused } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import { DocumentsDrop } from './documents-drop.tsx'
import { IntakeSteps } from './intake-steps.tsx'
import { type Dataset, useDatasets } from './use-datasets.ts'

/** Choose the dataset, take the template, drop the file: it is read and checked, nothing is loaded yet. */
export function UploadPage() {
  const { t } = useTranslation()
  const [address, setAddress] = useSearchParams()
  const datasets = useDatasets()
  const chosen = datasets.find(address.get('dataset') ?? '')
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('intake.upload')}</h1>
      </div>
      <IntakeSteps current={0} />
      <div className="panel">
        <Form layout="vertical">
          <Form.Item label={t('intake.dataset')} style={{ maxWidth: 400 }}>
            <Select
              value={chosen?.name}
              options={datasets.options}
              placeholder={t('intake.choose')}
              loading={datasets.isPending}
              showSearch={{ optionFilterProp: 'label' }}
              onChange={(dataset: string) => setAddress({ dataset })}
            />
          </Form.Item>
        </Form>
        {datasets.isError ? <ErrorState error={datasets.error} /> : null}
        {chosen ? (
          <>
            <p className="muted">{inLanguage(chosen.about)}</p>
            <Space style={{ marginBottom: 16 }} wrap>
              {templateForms(chosen).map((form) => (
                <Button
                  key={form}
                  icon={<DownloadOutlined />}
                  href={`/api/v1/intake/datasets/${chosen.name}/template.${form}`}
                >
                  {t('intake.template', { form: form.toUpperCase() })}
                </Button>
              ))}
            </Space>
            {chosen.forms.includes('csv') ? (
              <FileDrop key={chosen.name} dataset={chosen.name} />
            ) : (
              <DocumentsDrop key={chosen.name} dataset={chosen.name} />
            )}
          </>
        ) : null}
      </div>
      {chosen?.forms.includes('csv') ? <Columns dataset={chosen} /> : null}
    </div>
  )
}

function templateForms({ forms }: Dataset) {
  return (['xlsx', 'csv'] as const).filter((form) => forms.includes(form))
}

function FileDrop({ dataset }: { dataset: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [files, setFiles] = useState<UploadFile[]>([])
  const failed = files.find((file) => file.status === 'error')
  const busy = files.some((file) => file.status === 'uploading')
  return (
    <>
      <Upload.Dragger
        action={`/api/v1/intake/${dataset}/batches`}
        name="file"
        accept=".csv,.txt,.xlsx"
        maxCount={1}
        fileList={files}
        disabled={busy}
        onChange={({ file, fileList }) => {
          setFiles(fileList)
          if (file.status !== 'done') return
          void queries.invalidateQueries({ queryKey: ['intake', 'list'] })
          navigate(`/intake/${(file.response as { batchId: string }).batchId}`)
        }}
      >
        <p className="ant-upload-drag-icon">
          <InboxOutlined />
        </p>
        <p>{t(busy ? 'intake.checking' : 'intake.dropFile')}</p>
        <p className="muted">{t('intake.dropHint')}</p>
      </Upload.Dragger>
      {failed ? (
        <div style={{ marginTop: 16 }}>
          <ErrorState error={refusalOf(failed.response)} />
        </div>
      ) : null}
    </>
  )
}

function refusalOf(response: unknown): unknown {
  const problem = response as Problem | undefined
  return problem?.detail ? new Refused(problem) : undefined
}

function Columns({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation()
  return (
    <div className="panel">
      <h2>{t('intake.columns')}</h2>
      <Table
        size="small"
        rowKey="name"
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={dataset.columns}
        columns={[
          { key: 'title', title: t('intake.column'), width: 200, render: (_v, c) => inLanguage(c.title) },
          { key: 'name', title: t('intake.header'), dataIndex: 'name', width: 200 },
          {
            key: 'type',
            title: t('intake.type'),
            width: 160,
            render: (_v, c) => t(`intake.types.${c.type}`),
          },
          {
            key: 'required',
            title: t('intake.required'),
            width: 80,
            render: (_v, c) => (c.required ? t('intake.yes') : ''),
          },
          {
            key: 'choices',
            title: t('intake.choices'),
            render: (_v, c) => c.choices.map(inLanguage).join('、'),
          },
        ]}
      />
    </div>
  )
}
