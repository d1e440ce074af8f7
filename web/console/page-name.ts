import { createContext, useContext, useEffect } from 'react'
import { useLocation } from 'react-router'

/** Takes the name that a page has found out for itself, under its path. */
export const NamePage = createContext<(path: string, name: string) => void>(() => {})

/** The tab of the page bears this name as soon as it is known: the number of the record, not of its address. */
export function usePageName(name: string | undefined): void {
  const namePage = useContext(NamePage)
  const { pathname } = useLocation()
  useEffect(() => {
    if (name) namePage(pathname, name)
  }, [namePage, pathname, name])
}
