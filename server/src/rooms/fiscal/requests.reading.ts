import type { Caller, Database, Trx } from '#ground/database/index.ts'
import { maskedText } from '#ground/masking/index.ts'
import { fenOf, groupedYuan } from '#ground/money/index.ts'
import type { Clock } from '#ground/time/index.ts'
import { askedFor, recordAudit } from '#shared/audit/index.ts'
import { type Column, datasetByName } from '#shared/datasets/index.ts'
import { namesOf } from '#shared/identity/index.ts'
import type { Rule } from '#shared/rules/index.ts'
import { noRequest } from './fiscal.errors.ts'
import type { RequestDetail, RequestQuery, RequestRow } from './request.schema.ts'
import {
  type Face,
  type KeptHit,
  listRequests,
  readEvents,
  readHits,
  readReleases,
  readRequest,
  type WholeRequest,
} from './request.store.ts'

export interface RequestReading {
  list(
    caller: Caller,
    face: Face,
    query: RequestQuery,
  ): Promise<{ items: RequestRow[]; next: string | null; total: { count: number; capped: boolean } }>
  detail(caller: Caller, face: Face, requestKey: string): Promise<RequestDetail>
}

export interface ReadingDependencies {
  readonly database: Database
  readonly clock: Clock
  readonly catalogue: readonly Rule[]
}

export function createRequestReading(dependencies: ReadingDependencies): RequestReading {
  const { database } = dependencies
  return {
    list: (caller, face, query) =>
      database.asCaller(caller, async (trx) => {
        const found = await listRequests(trx, face, query)
        await recordAudit(trx, {
          action: 'fiscal.search_requests',
          ...(query.unit ? { unitCode: query.unit } : {}),
          detail: { ...askedFor(query), shown: found.items.length },
        })
        return found
      }),
    detail: (caller, face, requestKey) =>
      database.asCaller(caller, async (trx) => {
        const request = await readRequest(trx, face, requestKey)
        if (!request) throw noRequest()
        await recordAudit(trx, {
          action: 'fiscal.read_request',
          object: { kind: 'payment_request', id: requestKey },
          unitCode: request.unitCode,
        })
        return detailOf(trx, dependencies, face, request)
      }),
  }
}

/** The request with everything that explains it. Accounts and numbers of persons stay masked. */
export async function detailOf(
  trx: Trx,
  { catalogue }: Pick<ReadingDependencies, 'catalogue'>,
  face: Face,
  request: WholeRequest,
): Promise<RequestDetail> {
  const { content, orgPath: _path, personKeys: _persons, ...row } = request
  const { requestKey } = request
  const hits = await readHits(trx, requestKey)
  const events = await readEvents(trx, requestKey)
  const releases = face === 'office' ? await readReleases(trx, requestKey) : []
  const names = await namesOf(
    trx,
    events.map(({ actorId }) => actorId),
  )
  return {
    ...row,
    fields: fieldsOf(content),
    hits: hits.map((hit) => shownHit(hit, catalogue, content)),
    events: events.map(({ actorId, ...event }) => ({
      ...event,
      // A unit learns that the office acted, not who did.
      actorName:
        face === 'office' || event.side === 'unit' ? (names.get(actorId)?.displayName ?? null) : null,
    })),
    agreed: releases.map(({ side }) => side),
  }
}

const payments = datasetByName('payment')!

function fieldsOf(content: Readonly<Record<string, unknown>>): RequestDetail['fields'] {
  return Object.entries(payments.columns).flatMap(([name, column]) => {
    const value = content[name]
    if (value === null || value === undefined) return []
    return [
      {
        name,
        title: column.title,
        value: shownValue(column, String(value), isMasked(name, column, content)),
      },
    ]
  })
}

/** The name of a company is no secret; its account is, and everything of a person. */
function isMasked(
  name: string,
  column: Pick<Column, 'personal'>,
  content: Readonly<Record<string, unknown>>,
) {
  return column.personal === true && (content.payee_kind === 'person' || name !== 'payee_name')
}

function shownValue(column: Column, value: string, masked: boolean): { zh: string; en: string } {
  const word = column.choices?.[value]
  if (word) return word
  const text = masked ? maskedText(value) : column.type === 'money' ? groupedYuan(fenOf(value)) : value
  return { zh: text, en: text }
}

function shownHit(
  hit: KeptHit,
  catalogue: readonly Rule[],
  content: Readonly<Record<string, unknown>>,
): RequestDetail['hits'][number] {
  const rule = catalogue.find(({ code }) => code === hit.rule)
  const evidence = hit.evidence as Readonly<Record<string, unknown>>
  const parameters = hit.parameters as Readonly<Record<string, unknown>>
  const plain = { zh: hit.condition, en: hit.condition }
  return {
    rule: hit.rule,
    title: rule?.title ?? { zh: hit.rule, en: hit.rule },
    level: hit.level as RequestDetail['hits'][number]['level'],
    condition: rule?.conditions.find(({ key }) => key === hit.condition)?.title ?? plain,
    amount: hit.amount,
    message: { zh: hit.messageZh, en: hit.messageEn },
    evidence: (rule?.evidence ?? [])
      // The list of keys is for machines; the condition that decided is said in words.
      .filter(({ name }) => name !== 'conditions')
      .map(({ name, title, kind, personal }) => {
        const value = evidence[name]
        const text = value === null || value === undefined ? null : String(value)
        const masked = text !== null && isMasked(name, { personal }, content)
        return { title, kind, value: masked ? maskedText(text) : text }
      }),
    parameters: (rule?.parameters ?? []).map(({ name, title, type, unit }) => {
      const value = parameters[name]
      return {
        title,
        type,
        unit: unit ?? null,
        value: Array.isArray(value) ? value.join('、') : String(value),
      }
    }),
    undisclosed: hit.undisclosed,
  }
}
