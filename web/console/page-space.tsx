import { Result, Spin } from 'antd'
import { Activity, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Route, Routes } from 'react-router'
import type { Place } from './places.tsx'
import type { OpenPages } from './use-open-pages.ts'

/**
 * Every open page stays as it was left (half-written forms, scrolled tables) while another one is looked at: hidden
 * pages keep their state and do no work.
 */
export function PageSpace({ open, places }: { open: OpenPages; places: readonly Place[] }) {
  const { t } = useTranslation()
  const known = open.pages.some((page) => page.path === open.current)
  return (
    <main>
      {open.pages.map((page) => (
        <Activity key={`${page.path} ${page.turn}`} mode={page.path === open.current ? 'visible' : 'hidden'}>
          <Suspense fallback={<Spin className="page-spin" />}>
            <Routes location={page.address}>
              {places.map((place) => (
                <Route key={place.path} path={place.path} element={<place.page />} />
              ))}
            </Routes>
          </Suspense>
        </Activity>
      ))}
      {known ? null : (
        <Routes>
          {places.map((place) => (
            <Route key={place.path} path={place.path} element={<Spin className="page-spin" />} />
          ))}
          <Route path="*" element={<Result status="404" title="404" subTitle={t('shell.noPage')} />} />
        </Routes>
      )}
    </main>
  )
}
