export {
  addDays,
  type CalendarDate,
  daysBetween,
  isCalendarDate,
  monthOf,
  shanghaiDate,
  shanghaiTime,
} from './calendar-date.ts'
export { type Clock, fakeClock, systemClock } from './clock.ts'
