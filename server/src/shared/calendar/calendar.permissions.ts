import { definePermissions } from '#shared/permissions/index.ts'

export const calendarPermissions = definePermissions('calendar', {
  correct: {
    zh: '更正工作日历',
    en: 'correct the working calendar',
    roles: ['system_admin', 'information_officer'],
  },
})
