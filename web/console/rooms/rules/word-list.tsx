import { UndoOutlined } from '@ant-design/icons'
import { Input, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

const folded = 60

/** Words as tags: what a draft adds is marked, what it takes away stays there struck through until it is filed. */
export function WordList(props: {
  title: string
  hint: string
  words: readonly string[]
  before: readonly string[]
  onChange?: (words: readonly string[]) => void
}) {
  const { t } = useTranslation()
  const { words, before, onChange } = props
  const [entry, setEntry] = useState('')
  const [whole, setWhole] = useState(false)
  const gone = before.filter((word) => !words.includes(word))
  const fresh = words.filter((word) => !before.includes(word))
  const kept = words.filter((word) => before.includes(word))
  const shown = whole ? kept : kept.slice(0, folded)
  const add = () => {
    const entered = entry.split(/[、,，\n]/).map((word) => word.trim())
    const wanted = [...new Set(entered)].filter((word) => word !== '' && !words.includes(word))
    if (wanted.length > 0) onChange?.([...words, ...wanted])
    setEntry('')
  }
  return (
    <section className="word-list">
      <h3>
        {props.title} <span className="muted">{words.length}</span>
      </h3>
      <p className="muted">{props.hint}</p>
      <div className="tags words">
        {fresh.map((word) => (
          <Tag key={word} className="word come" closable onClose={() => onChange?.(without(words, word))}>
            ＋ {word}
          </Tag>
        ))}
        {gone.map((word) => (
          <Tag key={word} className="word gone">
            <s>{word}</s>{' '}
            <button
              type="button"
              className="plain"
              aria-label={t('rules.putBack', { word })}
              onClick={() => onChange?.([...words, word])}
            >
              <UndoOutlined />
            </button>
          </Tag>
        ))}
        {shown.map((word) => (
          <Tag
            key={word}
            className="word"
            closable={onChange !== undefined}
            onClose={(event) => {
              event.preventDefault()
              onChange?.(without(words, word))
            }}
          >
            {word}
          </Tag>
        ))}
        {kept.length > folded ? (
          <button type="button" className="plain" onClick={() => setWhole(!whole)}>
            {whole ? t('kit.list.collapse') : t('rules.showAll', { count: kept.length })}
          </button>
        ) : null}
      </div>
      {onChange ? (
        <Input.Search
          className="no-print"
          style={{ maxWidth: 420, marginTop: 8 }}
          value={entry}
          placeholder={t('rules.addWords')}
          enterButton={t('rules.add')}
          onChange={({ target }) => setEntry(target.value)}
          onSearch={add}
        />
      ) : null}
    </section>
  )
}

function without(words: readonly string[], word: string): string[] {
  return words.filter((other) => other !== word)
}
