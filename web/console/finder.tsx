import { SearchOutlined } from '@ant-design/icons'
import { AutoComplete, Input, type InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { destinationsOf } from './finder-destinations.ts'
import { may, type Session } from './session.ts'

/** Leads from anywhere to a record by its number, or to a list by words. The stroke puts the cursor into it. */
export function Finder({ session }: { session: Session }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const input = useRef<InputRef>(null)
  useStroke(() => input.current?.focus())
  const destinations = destinationsOf(text, (permission) => may(session, permission))
  const go = (address: string | undefined) => {
    if (!address) return
    setText('')
    input.current?.blur()
    void navigate(address)
  }
  return (
    <AutoComplete
      className="finder"
      value={text}
      options={destinations.map(({ name, address }) => ({
        value: address,
        label: t(`shell.finder.${name}`, { text: text.trim() }),
      }))}
      onChange={(value: string) => setText(value)}
      onSelect={(address: string) => go(address)}
      defaultActiveFirstOption
    >
      <Input
        ref={input}
        allowClear
        prefix={<SearchOutlined />}
        placeholder={t('shell.finder.placeholder')}
        aria-label={t('shell.finder.placeholder')}
      />
    </AutoComplete>
  )
}

function useStroke(act: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const within = (event.target as HTMLElement).closest?.('input, textarea, select, [contenteditable]')
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || within) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  })
}
