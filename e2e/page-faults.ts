/// <reference lib="dom" />

import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Page } from 'playwright-core'

type Texts = { readonly [key: string]: string | Texts }
const web = join(import.meta.dirname, '..', 'web')
const read = (path: string) => JSON.parse(readFileSync(join(web, path), 'utf8')) as Texts
const flat = (texts: Texts): string[] =>
  Object.values(texts).flatMap((text) => (typeof text === 'string' ? [text] : flat(text)))

const spaces = globSync('**/*.zh.json', { cwd: web })

/** Texts of the pages that differ between the languages, those with gaps left out: data fill them. */
const words = spaces.flatMap((path) => {
  const english = flat(read(path.replace('.zh.json', '.en.json')))
  return flat(read(path))
    .map((zh, index) => ({ zh, en: english[index] ?? '' }))
    .filter(({ zh, en }) => zh !== en && !/\{\{/.test(zh + en))
})
const both = { zh: new Set(words.map(({ zh }) => zh)), en: new Set(words.map(({ en }) => en)) }

/** `alerts.states.raised` and the like: where a text is missing its key is shown. */
const keys = new RegExp(
  `\\b(${spaces.map((path) => basename(path, '.zh.json')).join('|')})(\\.[A-Za-z_]+){2,}\\b`,
)

/**
 * What is wrong with the page in sight, a sentence each: it does not say that it is a demo's, it sticks out to the side, text
 * is cut off without a way to read it, a key or a text of the other language stands where a text should, a character no shipped font can draw.
 */
export async function faultsOf(page: Page, language: 'zh' | 'en'): Promise<readonly string[]> {
  const seen = await page.evaluate(look)
  const other = language === 'zh' ? 'en' : 'zh'
  return [
    ...(seen.unmarked ? ['the page does not say that it shows a demo'] : []),
    ...(seen.sticksOut > 0 ? [`the page sticks out by ${seen.sticksOut} pixels`] : []),
    ...seen.clipped.map((what) => `text is cut off: ${what}`),
    ...seen.texts.filter((text) => keys.test(text)).map((text) => `a key is shown: ${text}`),
    ...seen.texts
      .filter((text) => both[other].has(text) && !both[language].has(text))
      .map((text) => `not in ${language}: ${text}`),
    ...(seen.uncovered === '' ? [] : [`no shipped font has: ${seen.uncovered}`]),
  ]
}

/** Runs in the browser. */
function look() {
  const root = document.documentElement
  const visible = (element: Element) => {
    const { width, height } = element.getBoundingClientRect()
    return width > 1 && height > 1 && getComputedStyle(element).visibility === 'visible'
  }
  // What these hold can be reached all the same: tabs, a sticky head and a line of sums follow the scrolling of what they belong to.
  const followers =
    '.ant-tabs-nav-wrap, .ant-table-header, .ant-table-sticky-holder, .ant-table-summary, .watermark'
  const clipped = [...document.querySelectorAll<HTMLElement>('body *')].flatMap((element) => {
    if (element.scrollWidth <= element.clientWidth + 1 || element.clientWidth === 0) return []
    const style = getComputedStyle(element)
    if (!/hidden|clip/.test(style.overflowX) || style.textOverflow === 'ellipsis' || !visible(element))
      return []
    if (element.title || element.closest(followers) || !element.textContent?.trim()) return []
    return [
      `${element.tagName.toLowerCase()}.${element.className} ${element.textContent.trim().slice(0, 40)}`,
    ]
  })
  const texts = new Set<string>()
  const ofDocuments = new Set<string>()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const { parentElement, textContent } = walker.currentNode
    const text = textContent?.trim()
    if (!text || !parentElement || !visible(parentElement)) continue
    // A document of the offices has a language of its own, and says which.
    if (parentElement.closest('[lang]') === root) texts.add(text)
    else ofDocuments.add(text)
  }
  // Pictures are named by the library they come from; the words beside them say what they are.
  for (const element of document.querySelectorAll(
    ':is([title], [aria-label], [placeholder]):not(.anticon)',
  )) {
    for (const name of ['title', 'aria-label', 'placeholder']) {
      const text = element.getAttribute(name)?.trim()
      if (text) texts.add(text)
    }
  }
  // A weight or a file of a font that failed to load covers nothing.
  const ranges = [...document.fonts].flatMap((face) =>
    face.status === 'error'
      ? []
      : face.unicodeRange.split(',').map((part): readonly [number, number] => {
          const [from = '', to = from] = part.trim().replace(/^U\+/i, '').split('-')
          return [
            Number.parseInt(from.replaceAll('?', '0'), 16),
            Number.parseInt(to.replaceAll('?', 'F'), 16),
          ]
        }),
  )
  const covered = (sign: string) => {
    const point = sign.codePointAt(0) ?? 0
    return ranges.some(([from, to]) => point >= from && point <= to)
  }
  const signs = new Set([...texts, ...ofDocuments].join('').replaceAll(/\s/g, ''))
  const ribbon = document.querySelector('.demo-ribbon')
  return {
    unmarked: ribbon === null || !ribbon.checkVisibility() || !/演示|demo/i.test(ribbon.textContent ?? ''),
    sticksOut: root.scrollWidth - root.clientWidth,
    clipped,
    texts: [...texts],
    uncovered: [...signs].filter((sign) => !covered(sign)).join(''),
  }
}

/** Presses of the tabulator after which everything that a page asks for at first must have been reached. */
const mostPresses = 150

/**
 * What is wrong with the page for those who use no mouse: an action of its head or form that the tabulator does not reach,
 * or an element that does not show that it has the focus.
 */
export async function keyboardFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(() => {
    document.body.tabIndex = -1
    document.body.focus()
    const wanted = document.querySelectorAll(
      'main .page-head button:enabled, main form button[type=submit]:enabled, main .alert-facets button',
    )
    for (const element of wanted) {
      if (element.checkVisibility() && element.getAttribute('tabindex') !== '-1')
        element.setAttribute('data-wanted', '')
    }
  })
  const unseen = new Set<string>()
  for (let press = 0; press < mostPresses; press++) {
    await page.keyboard.press('Tab')
    const state = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement
      element.removeAttribute('data-wanted')
      // A field shows it at the frame around it.
      const frames = [
        element,
        element.parentElement,
        element.closest('[class*=ant-]'),
        element.closest('.ant-select, .ant-picker'),
      ]
      const shows = frames.some((frame) => {
        if (!frame) return false
        const { outlineStyle, boxShadow } = getComputedStyle(frame)
        return outlineStyle !== 'none' || boxShadow !== 'none' || /focused/.test(frame.className)
      })
      return {
        name: `${element.tagName.toLowerCase()}.${element.className} ${element.textContent?.slice(0, 30)}`,
        shows,
        left: document.querySelectorAll('[data-wanted]').length,
        outside: element === document.body,
      }
    })
    if (!state.shows && !state.outside) unseen.add(state.name)
    if (state.left === 0) break
  }
  const left = await page.evaluate(() =>
    [...document.querySelectorAll('[data-wanted]')].map((element) => element.textContent ?? ''),
  )
  return [
    ...left.map((what) => `the tabulator does not reach: ${what}`),
    ...[...unseen].map((what) => `does not show that it has the focus: ${what}`),
  ]
}
