import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ReasonModal } from '../../../../kit/index.ts'
import { inLanguage } from '../../../language.ts'
import { may } from '../../../session.ts'
import { useCurrentSession } from '../../../session-context.ts'
import { RecordFacts } from './record-facts.tsx'
import { RowsTable } from './rows-table.tsx'
import { type Explanation, type ShownRows, useUnmasking } from './use-explanation.ts'

/** Who they are: the unit, and what the registers that the rules read said on that day. */
export function WhoTheyAre({ explanation, onDate }: { explanation: Explanation; onDate: string }) {
  const { t } = useTranslation()
  const { unit, hits } = explanation
  const registers = uniqueRegisters(hits.flatMap((hit) => hit.office?.registers ?? []))
  const bases = [
    ...new Set(
      hits.flatMap(({ office }) => (office?.registerBasis ? [inLanguage(office.registerBasis)] : [])),
    ),
  ]
  return (
    <section className="panel">
      <h2>
        {t('explain.whoTheyAre')} <Unmask explanation={explanation} />
      </h2>
      {unit ? (
        <dl className="facts two-columns">
          <dt>{t('explain.unit')}</dt>
          <dd>
            {unit.unitName} <span className="muted">{unit.unitCode}</span>
          </dd>
          <dt>{t('explain.region')}</dt>
          <dd>{unit.regionName ?? '—'}</dd>
          <dt>{t('explain.creditCode')}</dt>
          <dd>{unit.creditCode ?? '—'}</dd>
          <dt>{t('explain.kind')}</dt>
          <dd>{unit.kind ? inLanguage(unit.kind) : '—'}</dd>
          <dt>{t('explain.valid')}</dt>
          <dd>
            {unit.validFrom} — {unit.validTo ?? t('explain.untilNow')}
          </dd>
        </dl>
      ) : (
        <p className="muted">{t('explain.noUnit')}</p>
      )}
      {registers.map((register) => (
        <Register key={register.dataset} register={register} onDate={onDate} />
      ))}
      {bases.map((basis) => (
        <p key={basis} className="muted">
          {t('explain.registerBasis')}: {basis}
        </p>
      ))}
    </section>
  )
}

function Register({ register, onDate }: { register: ShownRows; onDate: string }) {
  const { t } = useTranslation()
  const count = register.rows.length + register.outOfSight
  return (
    <div className="explained">
      <h3>
        {inLanguage(register.title)} <span className="muted">{t('explain.asOf', { day: onDate })}</span>
      </h3>
      {count === 0 ? <p className="muted">{t('explain.notRegistered')}</p> : null}
      {register.rows.length === 1 ? <RecordFacts shown={register} /> : null}
      {register.rows.length > 1 ? <RowsTable shown={register} /> : null}
    </div>
  )
}

/** Two rules may read the same register: it is shown once. */
function uniqueRegisters(registers: readonly ShownRows[]): ShownRows[] {
  const byName = new Map<string, ShownRows>()
  for (const register of registers) {
    const known = byName.get(register.dataset)
    if (!known || known.rows.length < register.rows.length) byName.set(register.dataset, register)
  }
  return [...byName.values()]
}

function Unmask({ explanation }: { explanation: Explanation }) {
  const { t } = useTranslation()
  const session = useCurrentSession()
  const [asking, setAsking] = useState(false)
  const unmasking = useUnmasking(explanation.alertId)
  if (!explanation.masked || !may(session, 'alerts.judge')) return null
  return (
    <>
      <Button size="small" type="link" onClick={() => setAsking(true)}>
        {t('explain.unmask')}
      </Button>
      {asking ? (
        <ReasonModal
          title={t('explain.unmask')}
          note={t('explain.unmaskNote')}
          busy={unmasking.isPending}
          error={unmasking.error}
          onCancel={() => setAsking(false)}
          onReason={(reason) => unmasking.mutate(reason, { onSuccess: () => setAsking(false) })}
        />
      ) : null}
    </>
  )
}
