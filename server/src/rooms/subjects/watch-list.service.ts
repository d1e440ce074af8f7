import { type Caller, type Database, systemCaller } from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'
import { maskedName, maskedNumber } from '#ground/masking/index.ts'
import { inSession, type Warehouse, type WarehouseSession } from '#ground/warehouse/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { projectWatchList, watchRegisters } from './register.store.ts'
import type { EnterpriseTie, Unmasked, WatchDetail, WatchRow, WatchSearch } from './subjects.schema.ts'
import { type Tie, tiesOf } from './tie.store.ts'
import { postsOf, relativesOf, searchPosts, type WatchRelative } from './watch-list.store.ts'

export interface SubjectsDependencies {
  readonly database: Database
  readonly warehouse: Warehouse
  readonly keyRing: { personKey(number: string): string }
}

const noSuchPerson = defineError(
  'subjects.no_such_person',
  404,
  '监督名单中没有这个人，或不在您的查询范围内。',
  'There is no such person on the watch list, or not within your sight.',
)

/** The watch list: nothing is shown before the reason is on record. */
export interface WatchList {
  search(caller: Caller, query: WatchSearch): Promise<{ items: WatchRow[]; next: string | null }>
  look(caller: Caller, personKey: string, reason: string): Promise<WatchDetail>
  /** Full names and numbers of the person and the relatives. */
  unmask(caller: Caller, personKey: string, reason: string): Promise<Unmasked>
  /** To be told of every register that changed, with the session that wrote it. */
  follow(dataset: string, session: WarehouseSession): Promise<void>
  /** Makes the projection from what the warehouse holds; at every start. */
  prepare(): Promise<void>
}

export function createWatchList({ database, warehouse, keyRing }: SubjectsDependencies): WatchList {
  const project = (session: WarehouseSession) =>
    database.asCaller(systemCaller, (trx) => projectWatchList(trx, session, keyRing.personKey))
  return {
    search: (caller, query) =>
      database.asCaller(caller, async (trx) => {
        const found = await searchPosts(trx, query)
        await recordAudit(trx, {
          action: 'subjects.search',
          purpose: query.reason,
          ...(query.unit ? { unitCode: query.unit } : {}),
          // A name in the log would be read by those who see no business data: the keys say whom it showed.
          detail: {
            by: query.text ? (/\d{15,}/.test(query.text) ? 'number' : 'name') : 'unit',
            shown: found.items.map((item) => item.personKey),
          },
        })
        return { items: found.items.map(maskedRow), next: found.next }
      }),
    look: (caller, personKey, reason) =>
      database.asCaller(caller, async (trx) => {
        const posts = await postsOf(trx, personKey)
        const [newest] = posts
        if (!newest) throw noSuchPerson()
        const relatives = await relativesOf(trx, personKey)
        const numbers = [newest.personId, ...relatives.map((relative) => relative.relativeId)]
        const ties = await inSession(
          () => warehouse.open(),
          (session) => tiesOf(session, numbers),
        )
        await recordAudit(trx, {
          action: 'subjects.look',
          object: { kind: 'person', id: personKey },
          unitCode: newest.unitCode,
          purpose: reason,
        })
        return {
          personKey,
          name: maskedName(newest.personName),
          number: maskedNumber(newest.personId),
          posts: posts.map(({ unitCode, unitName, post, rank, validFrom, validTo }) => ({
            ...{ unitCode, unitName, post, rank, validFrom, validTo },
          })),
          relatives: relatives.map((relative) => ({
            relativeKey: relative.relativeKey,
            name: maskedName(relative.relativeName),
            number: maskedNumber(relative.relativeId),
            relation: relative.relation,
            validFrom: relative.validFrom,
            validTo: relative.validTo,
          })),
          enterprises: ties.map((tie) => throughWhom(tie, newest.personId, relatives)),
        }
      }),
    unmask: (caller, personKey, reason) =>
      database.asCaller(caller, async (trx) => {
        const [newest] = await postsOf(trx, personKey)
        if (!newest) throw noSuchPerson()
        const relatives = await relativesOf(trx, personKey)
        await recordAudit(trx, {
          action: 'subjects.unmask',
          object: { kind: 'person', id: personKey },
          unitCode: newest.unitCode,
          purpose: reason,
          detail: { shown: relatives.map((relative) => relative.relativeKey) },
        })
        return {
          persons: [
            { key: personKey, name: newest.personName, number: newest.personId },
            ...relatives.map((relative) => ({
              key: relative.relativeKey,
              name: relative.relativeName,
              number: relative.relativeId,
            })),
          ],
        }
      }),
    follow: async (dataset, session) => {
      if (watchRegisters.includes(dataset)) await project(session)
    },
    prepare: () => inSession(() => warehouse.open(), project),
  }
}

type Found = Awaited<ReturnType<typeof searchPosts>>['items'][number]

function maskedRow({ personId, personName, ...row }: Found): WatchRow {
  return { ...row, name: maskedName(personName), number: maskedNumber(personId) }
}

function throughWhom(tie: Tie, own: string, relatives: readonly WatchRelative[]): EnterpriseTie {
  const { holderNumber, ...shown } = tie
  const relative = holderNumber === own ? undefined : relatives.find((one) => one.relativeId === holderNumber)
  return {
    ...shown,
    through: relative?.relation ?? 'self',
    relativeKey: relative?.relativeKey ?? null,
  }
}
