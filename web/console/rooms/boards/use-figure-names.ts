import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Level, levelShapes } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'
import type { Board, Figure, NamedFigure } from './figure.ts'
import { usePacks } from './use-board.ts'

const levelOrder = ['red', 'yellow', 'blue']

/** The figures of a board with their names in the language in use, in the order in which charts show them. */
export function useFigureNames(board: Board | undefined, ageing: Board | undefined) {
  const { t, i18n } = useTranslation()
  const packs = usePacks()
  // biome-ignore lint/correctness/useExhaustiveDependencies: names change with the language
  const named = useMemo(() => {
    const rules = new Map(
      packs.flatMap((pack) => pack.rules.map((rule) => [rule.code, inLanguage(rule.title)])),
    )
    const categories = new Map(
      packs.flatMap((pack) => pack.categories.map((one) => [one.code, inLanguage(one.title)])),
    )
    const withCode = (names: ReadonlyMap<string, string>) => (code: string) => {
      const name = names.get(code)
      // A code that is a name itself, in this language or the other, is not said twice.
      if (!name || /\p{Script=Han}/u.test(code)) return name ?? code
      return `${code} ${name}`
    }
    const ruleName = withCode(rules)
    const categoryName = withCode(categories)
    const all = (figures: readonly Figure[] | undefined, name: (figure: Figure) => string): NamedFigure[] =>
      (figures ?? []).map((figure) => ({ figure, name: name(figure) }))
    return {
      ruleName,
      rules: mostFirst(all(board?.rules, ({ key }) => ruleName(key))),
      units: all(board?.units, ({ key, titleZh }) => titleZh ?? key),
      categories: all(board?.categories, ({ key }) => categoryName(key)),
      divisions: mostFirst(all(board?.divisions, ({ key, titleZh }) => titleZh ?? key)),
      levels: all(board?.levels, ({ key }) => `${levelShapes[key as Level]} ${t(`kit.level.${key}`)}`).sort(
        (one, other) => levelOrder.indexOf(one.figure.key) - levelOrder.indexOf(other.figure.key),
      ),
      ageing: all(ageing?.ageing, ({ key }) => t(`alerts.ages.${key}`)),
    }
  }, [board, ageing, packs, t, i18n.language])
  return named
}

const mostFirst = (figures: NamedFigure[]) =>
  figures.sort((one, other) => other.figure.count - one.figure.count)
