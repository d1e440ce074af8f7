import { SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover, Space } from 'antd'
import type { ColumnType } from 'antd/es/table'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** A column that has a key, under which the choice to hide it is kept on this machine. */
export type ListColumn<Item> = ColumnType<Item> & { readonly key: string; readonly title: string }

/** Which columns of a list are hidden, remembered by the name of the list. */
export function useHiddenColumns(
  list: string,
): readonly [readonly string[], (keys: readonly string[]) => void] {
  const kept = `qingfeng-columns-${list}`
  const [hidden, setHidden] = useState<readonly string[]>(() => readKeys(localStorage.getItem(kept)))
  return [
    hidden,
    (keys) => {
      localStorage.setItem(kept, JSON.stringify(keys))
      setHidden(keys)
    },
  ]
}

function readKeys(text: string | null): readonly string[] {
  try {
    const keys: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(keys) ? keys.map(String) : []
  } catch {
    return []
  }
}

/** The button that opens the choice of columns; the first column always stays. */
export function ColumnChoice<Item>(props: {
  columns: readonly ListColumn<Item>[]
  hidden: readonly string[]
  onChange: (hidden: readonly string[]) => void
}) {
  const { t } = useTranslation()
  const choice = (
    <Space orientation="vertical" size={4}>
      {props.columns.slice(1).map(({ key, title }) => (
        <Checkbox
          key={key}
          checked={!props.hidden.includes(key)}
          onChange={({ target }) =>
            props.onChange(
              target.checked ? props.hidden.filter((other) => other !== key) : [...props.hidden, key],
            )
          }
        >
          {title}
        </Checkbox>
      ))}
    </Space>
  )
  return (
    <Popover trigger="click" placement="bottomRight" content={choice}>
      <Button icon={<SettingOutlined />}>{t('kit.list.columns')}</Button>
    </Popover>
  )
}
