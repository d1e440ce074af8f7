import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import kitEn from '../kit/kit.en.json' with { type: 'json' }
import kitZh from '../kit/kit.zh.json' with { type: 'json' }
import administrationEn from './rooms/administration/administration.en.json' with { type: 'json' }
import administrationZh from './rooms/administration/administration.zh.json' with { type: 'json' }
import policyEn from './rooms/administration/policy.en.json' with { type: 'json' }
import policyZh from './rooms/administration/policy.zh.json' with { type: 'json' }
import tokensEn from './rooms/administration/tokens.en.json' with { type: 'json' }
import tokensZh from './rooms/administration/tokens.zh.json' with { type: 'json' }
import alertsEn from './rooms/alerts/alerts.en.json' with { type: 'json' }
import alertsZh from './rooms/alerts/alerts.zh.json' with { type: 'json' }
import conditionsEn from './rooms/alerts/conditions.en.json' with { type: 'json' }
import conditionsZh from './rooms/alerts/conditions.zh.json' with { type: 'json' }
import explainEn from './rooms/alerts/explain.en.json' with { type: 'json' }
import explainZh from './rooms/alerts/explain.zh.json' with { type: 'json' }
import requestEn from './rooms/alerts/request.en.json' with { type: 'json' }
import requestZh from './rooms/alerts/request.zh.json' with { type: 'json' }
import auditEn from './rooms/audit/audit.en.json' with { type: 'json' }
import auditZh from './rooms/audit/audit.zh.json' with { type: 'json' }
import boardsEn from './rooms/boards/boards.en.json' with { type: 'json' }
import boardsZh from './rooms/boards/boards.zh.json' with { type: 'json' }
import calendarEn from './rooms/calendar/calendar.en.json' with { type: 'json' }
import calendarZh from './rooms/calendar/calendar.zh.json' with { type: 'json' }
import exceptionsEn from './rooms/exceptions/exceptions.en.json' with { type: 'json' }
import exceptionsZh from './rooms/exceptions/exceptions.zh.json' with { type: 'json' }
import exportsEn from './rooms/exports/exports.en.json' with { type: 'json' }
import exportsZh from './rooms/exports/exports.zh.json' with { type: 'json' }
import fiscalEn from './rooms/fiscal/fiscal.en.json' with { type: 'json' }
import fiscalZh from './rooms/fiscal/fiscal.zh.json' with { type: 'json' }
import handoversEn from './rooms/handovers/handovers.en.json' with { type: 'json' }
import handoversZh from './rooms/handovers/handovers.zh.json' with { type: 'json' }
import intakeEn from './rooms/intake/intake.en.json' with { type: 'json' }
import intakeZh from './rooms/intake/intake.zh.json' with { type: 'json' }
import librariesEn from './rooms/libraries/libraries.en.json' with { type: 'json' }
import librariesZh from './rooms/libraries/libraries.zh.json' with { type: 'json' }
import organisationEn from './rooms/organisation/organisation.en.json' with { type: 'json' }
import organisationZh from './rooms/organisation/organisation.zh.json' with { type: 'json' }
import ownEn from './rooms/own/own.en.json' with { type: 'json' }
import ownZh from './rooms/own/own.zh.json' with { type: 'json' }
import qualityEn from './rooms/quality/quality.en.json' with { type: 'json' }
import qualityZh from './rooms/quality/quality.zh.json' with { type: 'json' }
import composedEn from './rooms/rules/composed.en.json' with { type: 'json' }
import composedZh from './rooms/rules/composed.zh.json' with { type: 'json' }
import replaysEn from './rooms/rules/replays.en.json' with { type: 'json' }
import replaysZh from './rooms/rules/replays.zh.json' with { type: 'json' }
import rulesEn from './rooms/rules/rules.en.json' with { type: 'json' }
import rulesZh from './rooms/rules/rules.zh.json' with { type: 'json' }
import sessionEn from './rooms/session/session.en.json' with { type: 'json' }
import sessionZh from './rooms/session/session.zh.json' with { type: 'json' }
import supervisionEn from './rooms/supervision/supervision.en.json' with { type: 'json' }
import supervisionZh from './rooms/supervision/supervision.zh.json' with { type: 'json' }
import workbenchEn from './rooms/workbench/workbench.en.json' with { type: 'json' }
import workbenchZh from './rooms/workbench/workbench.zh.json' with { type: 'json' }
import shellEn from './shell.en.json' with { type: 'json' }
import shellZh from './shell.zh.json' with { type: 'json' }

export type Language = 'zh' | 'en'

export const texts = {
  zh: {
    kit: kitZh,
    shell: shellZh,
    session: sessionZh,
    alerts: alertsZh,
    explain: explainZh,
    exports: exportsZh,
    policy: policyZh,
    tokens: tokensZh,
    request: requestZh,
    exceptions: exceptionsZh,
    workbench: workbenchZh,
    administration: administrationZh,
    audit: auditZh,
    boards: boardsZh,
    calendar: calendarZh,
    fiscal: fiscalZh,
    conditions: conditionsZh,
    intake: intakeZh,
    libraries: librariesZh,
    organisation: organisationZh,
    own: ownZh,
    composed: composedZh,
    replays: replaysZh,
    handovers: handoversZh,
    quality: qualityZh,
    rules: rulesZh,
    supervision: supervisionZh,
  },
  en: {
    kit: kitEn,
    shell: shellEn,
    session: sessionEn,
    alerts: alertsEn,
    explain: explainEn,
    exports: exportsEn,
    policy: policyEn,
    tokens: tokensEn,
    request: requestEn,
    exceptions: exceptionsEn,
    workbench: workbenchEn,
    administration: administrationEn,
    audit: auditEn,
    boards: boardsEn,
    calendar: calendarEn,
    fiscal: fiscalEn,
    conditions: conditionsEn,
    intake: intakeEn,
    libraries: librariesEn,
    organisation: organisationEn,
    own: ownEn,
    composed: composedEn,
    replays: replaysEn,
    handovers: handoversEn,
    quality: qualityEn,
    rules: rulesEn,
    supervision: supervisionEn,
  },
} as const

const kept = 'qingfeng-language'

/** Chinese first; English for those who chose it on this machine. */
export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { zh: { translation: texts.zh }, en: { translation: texts.en } },
    lng: localStorage.getItem(kept) === 'en' ? 'en' : 'zh',
    fallbackLng: 'zh',
    interpolation: { escapeValue: false },
  })
  document.documentElement.lang = i18next.language === 'en' ? 'en' : 'zh-CN'
}

export function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'zh'
}

export async function changeLanguage(language: Language): Promise<void> {
  localStorage.setItem(kept, language)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN'
}

/** The text in the language in use of what the server sends in both. */
export function inLanguage(both: { readonly zh: string; readonly en: string }): string {
  return both[currentLanguage()]
}
