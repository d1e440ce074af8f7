import { useCallback, useEffect, useState } from 'react'
import { matchPath, useLocation, useNavigate } from 'react-router'
import type { Place } from './places.tsx'

export interface OpenPage {
  /** The address without what the list was narrowed by: one tab for one page. */
  readonly path: string
  /** The whole address, so that a page comes back as it was left. */
  readonly address: string
  /** Key of the title in `shell.places`. */
  readonly title: string
  /** Whether it is the page of one record, whose number the tab then shows as well. */
  readonly ofRecord: boolean
  /** What the page has called itself: the number of its record. */
  readonly name?: string
  /** Grows when the page is asked to begin anew. */
  readonly turn: number
}

export interface OpenPages {
  readonly pages: readonly OpenPage[]
  readonly current: string
  show(path: string): void
  close(path: string): void
  closeOthers(path: string): void
  reload(path: string): void
  /** Always the same function. */
  readonly namePage: (path: string, name: string) => void
}

const mostPages = 12

/** The pages that are open beside each other; the address bar says which one is looked at. */
export function useOpenPages(open: readonly Place[]): OpenPages {
  const { pathname, search } = useLocation()
  const navigate = useNavigate()
  const [pages, setPages] = useState<readonly OpenPage[]>([])
  const place = open.find((candidate) => matchPath(candidate.path, pathname))

  useEffect(() => {
    if (!place) return
    const { title } = place
    const ofRecord = place.path.includes(':')
    setPages((before) => {
      const known = before.find((page) => page.path === pathname)
      const page = { turn: 0, ...known, path: pathname, address: pathname + search, title, ofRecord }
      if (known) return before.map((other) => (other === known ? page : other))
      return [...before, page].slice(-mostPages)
    })
  }, [pathname, search, place])

  const namePage = useCallback(
    (path: string, name: string) =>
      setPages((before) => before.map((page) => (page.path === path ? { ...page, name } : page))),
    [],
  )
  const show = (path: string) => navigate(pages.find((page) => page.path === path)?.address ?? path)
  return {
    pages,
    current: pathname,
    show,
    namePage,
    close: (path) => {
      const index = pages.findIndex((page) => page.path === path)
      const rest = pages.filter((page) => page.path !== path)
      setPages(rest)
      if (path === pathname) navigate((rest[index] ?? rest[index - 1])?.address ?? '/')
    },
    closeOthers: (path) => {
      setPages(pages.filter((page) => page.path === path))
      show(path)
    },
    reload: (path) =>
      setPages(pages.map((page) => (page.path === path ? { ...page, turn: page.turn + 1 } : page))),
  }
}
