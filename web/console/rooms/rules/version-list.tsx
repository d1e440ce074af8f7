import { useTranslation } from 'react-i18next'
import { StateTag, shanghaiTime } from '../../../kit/index.ts'
import { ChangeList } from './change-list.tsx'
import type { ConfigurationVersion, Parameter } from './rule.ts'

/** Every version of an object, newest first: what it changed, who wanted it, who let it, and from when to when. */
export function VersionList(props: {
  versions: readonly ConfigurationVersion[]
  present: number
  parameters?: readonly Parameter[]
}) {
  const { t } = useTranslation()
  return (
    <ol className="versions">
      {props.versions.map((version) => (
        <li key={`${version.version} ${version.validFrom}`}>
          <div className="version-head">
            <b>
              {version.version === 0
                ? t('rules.asShipped')
                : t('rules.versionNumber', { number: version.version })}
            </b>
            <Span version={version} present={props.present} />
          </div>
          {version.changes.length > 0 ? (
            <ChangeList
              changes={version.changes}
              {...(props.parameters ? { parameters: props.parameters } : {})}
            />
          ) : null}
          {version.proposedBy && version.approvedBy ? (
            <p className="muted">
              {t('rules.proposedBy', {
                name: version.proposedBy.name,
                at: shanghaiTime(version.proposedAt ?? ''),
              })}
              {' · '}
              {t('rules.approvedBy', {
                name: version.approvedBy.name,
                at: shanghaiTime(version.approvedAt ?? ''),
              })}
              {' · '}
              {t('rules.because', { reason: version.reason ?? '' })}
            </p>
          ) : null}
        </li>
      ))}
    </ol>
  )
}

function Span({ version, present }: { version: ConfigurationVersion; present: number }) {
  const { t } = useTranslation()
  const { validFrom, validTo } = version
  if (validTo !== null && validTo < validFrom) {
    return <StateTag tone="none">{t('rules.neverInForce')}</StateTag>
  }
  const span =
    version.version === 0
      ? validTo === null
        ? t('rules.always')
        : t('rules.until', { to: validTo })
      : validTo === null
        ? t('rules.since', { from: validFrom })
        : t('rules.between', { from: validFrom, to: validTo })
  return (
    <>
      <span className="muted">{span}</span>
      {version.version === present ? <StateTag tone="done">{t('rules.inForce')}</StateTag> : null}
      {version.version > present && validTo === null ? (
        <StateTag tone="blue">{t('rules.planned')}</StateTag>
      ) : null}
    </>
  )
}
