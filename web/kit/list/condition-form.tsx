import { DownOutlined, UpOutlined } from '@ant-design/icons'
import { Button, Col, DatePicker, Form, Input, Row, Select, Space } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conditions, ListAddress } from './use-list-address.ts'

export interface ConditionField<Name extends string> {
  readonly name: Name
  readonly label: string
  readonly kind: 'text' | 'date' | 'choice'
  /** For a choice. */
  readonly options?: readonly { readonly value: string; readonly label: string }[]
}

/** How many fields stand in the row that is always shown; the rest opens on demand. */
const alwaysShown = 3

/** The search form above a list: the first fields in one row, the others behind "more". */
export function ConditionForm<Name extends string>(props: {
  fields: readonly ConditionField<Name>[]
  address: ListAddress<Name>
}) {
  const { t } = useTranslation()
  const { conditions, narrow } = props.address
  const hidden = props.fields.slice(alwaysShown)
  const [open, setOpen] = useState(hidden.some((field) => conditions[field.name]))
  const shown = open ? props.fields : props.fields.slice(0, alwaysShown)
  return (
    <div className="panel no-print conditions">
      <Form<Conditions<Name>>
        key={JSON.stringify(conditions)}
        layout="vertical"
        initialValues={conditions}
        onFinish={(entry) => narrow({ ...conditions, ...entry })}
      >
        <Row gutter={[16, 8]} align="bottom">
          {shown.map((field) => (
            <Col key={field.name} xs={24} sm={12} lg={6}>
              <ConditionInput field={field} />
            </Col>
          ))}
          <Col xs={24} sm={12} lg={6}>
            <Space wrap>
              <Button type="primary" htmlType="submit">
                {t('kit.list.search')}
              </Button>
              <Button onClick={() => narrow({})}>{t('kit.list.reset')}</Button>
              {hidden.length > 0 ? (
                <Button
                  type="link"
                  icon={open ? <UpOutlined /> : <DownOutlined />}
                  aria-expanded={open}
                  onClick={() => setOpen(!open)}
                >
                  {t(open ? 'kit.list.collapse' : 'kit.list.expand')}
                </Button>
              ) : null}
            </Space>
          </Col>
        </Row>
      </Form>
    </div>
  )
}

function ConditionInput<Name extends string>({ field }: { field: ConditionField<Name> }) {
  if (field.kind === 'choice') {
    return (
      <Form.Item name={field.name as string} label={field.label}>
        <Select allowClear options={[...(field.options ?? [])]} />
      </Form.Item>
    )
  }
  if (field.kind === 'date') {
    return (
      <Form.Item
        name={field.name as string}
        label={field.label}
        getValueProps={(value?: string) => ({ value: value ? dayjs(value) : undefined })}
        normalize={(value: dayjs.Dayjs | null) => value?.format('YYYY-MM-DD') ?? ''}
      >
        <DatePicker style={{ width: '100%' }} />
      </Form.Item>
    )
  }
  return (
    <Form.Item name={field.name as string} label={field.label}>
      <Input allowClear maxLength={60} />
    </Form.Item>
  )
}
