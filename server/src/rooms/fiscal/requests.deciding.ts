import type { Caller, Trx } from '#ground/database/index.ts'
import type { Clock } from '#ground/time/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { postToRoles } from '#shared/notices/index.ts'
import { may } from '#shared/permissions/index.ts'
import type { Supervision } from '#shared/supervise/index.ts'
import { alreadyAgreed, noRequest, noSide, notNow, secondPerson } from './fiscal.errors.ts'
import { fiscalPermissions as permissions } from './fiscal.permissions.ts'
import { mayExplain, type Side, sideOf } from './request.rules.ts'
import type { RequestDetail } from './request.schema.ts'
import {
  announce,
  type Face,
  insertEvent,
  insertRelease,
  moveRequest,
  readReleases,
  readRequest,
  type WholeRequest,
} from './request.store.ts'
import { detailOf, type ReadingDependencies } from './requests.reading.ts'

export interface RequestDeciding {
  /** Agrees to the release for one side; with the other side's agreement the request may be paid. */
  release(
    caller: Caller,
    requestKey: string,
    decision: { reason: string; side?: Side | undefined },
  ): Promise<RequestDetail>
  /** Says that a held request is not to be paid; one side is enough. */
  refuse(
    caller: Caller,
    requestKey: string,
    decision: { reason: string; side?: Side | undefined },
  ): Promise<RequestDetail>
  /** The unit says why: where it owes that, or while the request is held. */
  explain(caller: Caller, requestKey: string, text: string): Promise<RequestDetail>
}

export function createRequestDeciding(
  dependencies: ReadingDependencies & { readonly supervision: Pick<Supervision, 'endWith'> },
): RequestDeciding {
  const { database, clock, supervision } = dependencies
  const step = (
    caller: Caller,
    face: Face,
    requestKey: string,
    work: (trx: Trx, request: WholeRequest) => Promise<void>,
  ) =>
    database.asCaller(caller, async (trx) => {
      const request = await readRequest(trx, face, requestKey, true)
      if (!request) throw noRequest()
      await work(trx, request)
      await announce(trx, request, true)
      return detailOf(trx, dependencies, face, (await readRequest(trx, face, requestKey))!)
    })
  return {
    release: (caller, requestKey, { reason, side: wanted }) =>
      step(caller, 'office', requestKey, (trx, request) =>
        release(trx, { caller, clock, request, reason, wanted }),
      ),
    refuse: (caller, requestKey, { reason, side: wanted }) =>
      step(caller, 'office', requestKey, async (trx, request) => {
        const side = decidingSide(caller, request, wanted)
        await moveRequest(trx, requestKey, 'refused')
        await insertEvent(trx, { requestKey, at: clock.now(), side, kind: 'refused', reason, toUnit: true })
        await onRecord(trx, 'fiscal.refuse_request', request, reason, side)
        await tellUnit(trx, request, clock.now(), {
          zh: '支付申请不予支付',
          en: 'A payment request was refused',
        })
      }),
    explain: (caller, requestKey, text) =>
      step(caller, 'unit', requestKey, async (trx, request) => {
        if (!mayExplain(request.state)) throw notNow()
        await moveRequest(trx, requestKey, request.state === 'held' ? 'held' : 'explained')
        await insertEvent(trx, {
          requestKey,
          at: clock.now(),
          side: 'unit',
          kind: 'explained',
          reason: text,
          toUnit: true,
        })
        await supervision.endWith(trx, caller, { room: 'fiscal', subjectIds: [requestKey] })
        await onRecord(trx, 'fiscal.explain_request', request)
      }),
  }
}

function decidingSide(caller: Caller, request: WholeRequest, wanted: Side | undefined): Side {
  const mayFor = {
    finance: may(caller, permissions.agree_finance),
    supervision: may(caller, permissions.agree_supervision),
  }
  const side = sideOf(mayFor, wanted)
  if (!side) throw noSide()
  if (request.state !== 'held') throw notNow()
  return side
}

async function release(
  trx: Trx,
  act: { caller: Caller; clock: Clock; request: WholeRequest; reason: string; wanted: Side | undefined },
): Promise<void> {
  const { caller, request, reason } = act
  const { requestKey } = request
  const at = act.clock.now()
  const side = decidingSide(caller, request, act.wanted)
  const given = await readReleases(trx, requestKey)
  if (given.some(({ releasedBy }) => releasedBy === caller.userId)) throw secondPerson()
  if (given.some((one) => one.side === side)) throw alreadyAgreed()
  await insertRelease(trx, { requestKey, side, at, reason })
  const last = given.length === 1
  await moveRequest(trx, requestKey, last ? 'released' : 'held')
  await insertEvent(trx, { requestKey, at, side, kind: 'approved_release', reason, toUnit: false })
  await onRecord(trx, 'fiscal.release_request', request, reason, side)
  if (last) {
    await insertEvent(trx, { requestKey, at, side, kind: 'released', toUnit: true })
    await tellUnit(trx, request, at, { zh: '支付申请已解除暂停', en: 'A payment request was released' })
  }
}

function onRecord(
  trx: Trx,
  action: string,
  { requestKey, unitCode, state }: WholeRequest,
  reason?: string,
  side?: Side,
): Promise<void> {
  return recordAudit(trx, {
    action,
    object: { kind: 'payment_request', id: requestKey },
    unitCode,
    ...(reason ? { purpose: reason } : {}),
    detail: { state, side: side ?? null },
  })
}

async function tellUnit(
  trx: Trx,
  request: WholeRequest,
  at: Date,
  title: { readonly zh: string; readonly en: string },
): Promise<void> {
  const to = { roles: ['unit_finance'], place: request.orgPath, persons: request.personKeys }
  await postToRoles(
    trx,
    to,
    {
      kind: 'fiscal.decided',
      titleZh: title.zh,
      titleEn: title.en,
      link: `/unit-payment-requests/${request.requestKey}`,
    },
    at,
  )
}
