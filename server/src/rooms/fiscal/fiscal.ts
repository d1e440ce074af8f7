import type { Caller } from '#ground/database/index.ts'
import type { Supervision } from '#shared/supervise/index.ts'
import { noRequest } from './fiscal.errors.ts'
import { createOwedExplanations, type OwedExplanations } from './owed-explanations.ts'
import { createPaymentTying, type PaymentTying } from './payments.tying.ts'
import { readableRequests, readStanding } from './request.store.ts'
import { createRequestDeciding, type RequestDeciding } from './requests.deciding.ts'
import { createRequestReading, type ReadingDependencies, type RequestReading } from './requests.reading.ts'
import { createRequestDesk, type RequestDependencies, type RequestDesk } from './requests.service.ts'

/** The room: requests for payments, judged before anything is paid. */
export interface Fiscal {
  readonly requests: RequestDesk
  readonly reading: RequestReading
  readonly deciding: RequestDeciding
  readonly payments: PaymentTying
  readonly owed: OwedExplanations
  /** Whether a request may be paid, for the machine that sent it. */
  standing(caller: Caller, requestNo: string): ReturnType<typeof readStandingOf>
  /** Of these requests, those that the caller may read: for the change stream. */
  readable(caller: Caller, keys: readonly string[]): Promise<readonly string[]>
}

export type FiscalDependencies = RequestDependencies &
  ReadingDependencies & { readonly supervision: Pick<Supervision, 'issue' | 'endWith'> }

export function createFiscal(dependencies: FiscalDependencies): Fiscal {
  const { database } = dependencies
  return {
    requests: createRequestDesk(dependencies),
    reading: createRequestReading(dependencies),
    deciding: createRequestDeciding(dependencies),
    payments: createPaymentTying(dependencies),
    owed: createOwedExplanations({ ...dependencies, urging: dependencies.policy.urging }),
    standing: (caller, requestNo) => readStandingOf(dependencies, caller, requestNo),
    readable: (caller, keys) => database.asCaller(caller, (trx) => readableRequests(trx, keys)),
  }
}

async function readStandingOf({ database }: FiscalDependencies, caller: Caller, requestNo: string) {
  const standing = await database.asCaller(caller, (trx) => readStanding(trx, requestNo))
  if (!standing) throw noRequest()
  return { ...standing, payable: standing.state !== 'held' && standing.state !== 'refused' }
}
