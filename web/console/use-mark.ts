import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shanghaiTime } from '../kit/index.ts'
import type { SignedInUser } from './session.ts'

/**
 * Name, end of the staff number, place and hour; the hour goes on while the page stays open.
 * @param named false where everybody looks at the page: then the place and the hour alone
 */
export function useMark(user: SignedInUser, named = true): string {
  const { t } = useTranslation()
  const [now, setNow] = useState(() => new Date().toISOString())
  useEffect(() => {
    const clock = setInterval(() => setNow(new Date().toISOString()), 60_000)
    return () => clearInterval(clock)
  }, [])
  const person = named ? [user.displayName, user.staffNo?.slice(-4) ?? user.username] : []
  const whose = [...person, user.placeName].filter(Boolean)
  return `${whose.join(' ')} ${t('shell.markHour', { hour: shanghaiTime(now).slice(0, 13) })}`
}
