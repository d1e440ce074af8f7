import { useTranslation } from 'react-i18next'

export type Level = 'red' | 'yellow' | 'blue'

/** The shape that says a level beside its colour and word. */
export const levelShapes: Readonly<Record<Level, string>> = { red: '▲', yellow: '◆', blue: '●' }

/** A level: always colour, shape and word, so that it survives a black-and-white print and a colour-blind eye. */
export function LevelTag({ level }: { level: Level }) {
  const { t } = useTranslation()
  return (
    <span className={`level ${level}`}>
      <span aria-hidden>{levelShapes[level]}</span>
      {t(`kit.level.${level}`)}
    </span>
  )
}

type Tone = Level | 'done' | 'none'

/** A state in words, with a quiet ground. */
export function StateTag({ tone, children }: { tone: Tone; children: string }) {
  return <span className={`level ${tone}`}>{children}</span>
}
