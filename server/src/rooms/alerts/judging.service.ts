import type { Caller } from '#ground/database/index.ts'
import type { LockedAlert } from './alert.store.ts'
import { unknownIrregularity, unknownPack, verificationOwed } from './alerts.errors.ts'
import type { Judgement } from './alerts.schema.ts'
import type { Handling } from './handling.service.ts'
import type { AlertLevel, Policies } from './pack-policy.ts'

export interface Judging {
  /** Judges one alert; closes it when it is normal, asks for rectification when it is a violation. */
  judge(caller: Caller, alertId: string, judgement: Judgement): Promise<void>
  /** Confirms the rectification with the sum that came back, and closes. */
  close(caller: Caller, alertId: string, input: Confirmation): Promise<void>
}

export interface Confirmation {
  readonly note: string
  readonly recoveredAmount?: string | undefined
  readonly version?: number | undefined
}

export function createJudging(dependencies: { handling: Handling; policies: () => Policies }): Judging {
  const { handling, policies } = dependencies
  return {
    judge: async (caller, alertId, judgement) => {
      await handling.take(caller, [alertId], {
        action: `judge_${judgement.verdict}`,
        note: judgement.reason,
        files: judgement.files,
        version: judgement.version,
        verification: judgement.verification,
        check: (alerts) => {
          checkIrregularity(policies(), alerts, judgement.irregularity)
          checkVerification(policies(), alerts, judgement)
        },
        changes: {
          verdict: judgement.verdict,
          reason: judgement.reason,
          irregularity: judgement.irregularity ?? null,
          violationAmount: judgement.violationAmount ?? null,
          judged: true,
        },
      })
    },
    close: async (caller, alertId, input) => {
      await handling.take(caller, [alertId], {
        action: 'close',
        note: input.note,
        version: input.version,
        changes: { recoveredAmount: input.recoveredAmount ?? null },
      })
    },
  }
}

/** The kind of irregularity must be one that the pack knows. */
function checkIrregularity(
  policies: Policies,
  alerts: readonly LockedAlert[],
  code: string | undefined,
): void {
  if (code === undefined) return
  for (const { pack } of alerts) {
    const policy = policies.get(pack)
    if (!policy) throw unknownPack({ pack })
    if (!policy.irregularities.some((known) => known.code === code)) throw unknownIrregularity({ code })
  }
}

/** An alert that must be verified is not judged normal without words on how, unless its unit has just explained it. */
function checkVerification(
  policies: Policies,
  alerts: readonly LockedAlert[],
  { verdict, verification }: Judgement,
): void {
  if (verdict !== 'normal' || verification !== undefined) return
  const owed = alerts.some(
    ({ pack, level, state }) =>
      state !== 'explained' && policies.get(pack)?.verify?.[level as AlertLevel] === 'required',
  )
  if (owed) throw verificationOwed()
}
