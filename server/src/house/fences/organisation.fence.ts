import { organOfPlace } from './accounts.ts'
import { callers, units } from './callers.ts'
import { type FenceContext, type FenceTable, once } from './fence-entry.ts'
import { postQuery } from './post-matter.ts'

const everybodyWithRole = [...new Set(callers.map(({ role }) => role as string))].filter(
  (role) => !['none', 'feed', 'nobody'].includes(role),
)
const admin = ['system_admin']
const readers = [
  'principal',
  'deputy',
  'conduct_officer',
  'supervision_officer',
  'case_manager',
  'inspector_supervisor',
  'unit_head',
]
const reason = '核对任职情况'

/** A step about each holder, tried where the state of the matter does not permit it. */
const onHolders =
  (
    url: (holder: FenceContext['matters']['holders'][number]) => string,
    open: readonly number[],
    payload?: object,
  ) =>
  ({ matters }: FenceContext) =>
    matters.holders.map((holder) => ({
      url: url(holder),
      about: { kind: 'holder' as const, place: holder.place },
      open,
      payload,
    }))

/** Divisions, organs and units, their posts and the people who hold them. */
export const organisationFence: FenceTable = {
  'GET /api/v1/regions': { may: everybodyWithRole, asks: once('/api/v1/regions') },
  'GET /api/v1/organisation/tree': {
    may: everybodyWithRole,
    whole: ['unit'],
    asks: () =>
      ['', '?kind=unit&code=U1', '?kind=organ&code=O46']
        .concat(['460000', '460100', '460105', '460200'].map((code) => `?kind=region&code=${code}`))
        .map((query) => ({ url: `/api/v1/organisation/tree${query}` })),
  },
  'GET /api/v1/units': {
    may: everybodyWithRole,
    whole: ['unit'],
    asks: once('/api/v1/units?limit=2', { pages: true }),
  },
  'GET /api/v1/units/:unitCode': {
    may: everybodyWithRole,
    asks: () => units.map((unit) => ({ url: `/api/v1/units/${unit}`, about: { kind: 'unit', unit } })),
  },
  'POST /api/v1/units/:unitCode/changes': {
    may: admin,
    asks: () =>
      units.map((unit) => ({
        url: `/api/v1/units/${unit}/changes`,
        payload: {
          change: { kind: 'rename', unitName: `⟦unit:${unit}⟧局` },
          effectiveOn: '2026-01-01',
          reason,
        },
        about: { kind: 'unit', unit },
        open: [409],
      })),
  },
  'GET /api/v1/organs': { may: everybodyWithRole, asks: once('/api/v1/organs') },
  'POST /api/v1/organs': {
    may: admin,
    asks: once('/api/v1/organs', {
      payload: { organCode: 'O46', name: '又一机关', regionCode: '460000' },
      open: [403, 409],
    }),
  },
  'PATCH /api/v1/organs/:organCode': {
    may: admin,
    asks: ({ sees }, caller) =>
      [
        ['O46', 'province'],
        ['O4601', 'city'],
        ['O4602', 'next_city'],
      ]
        .map(([code, place]) => ({ code, about: { kind: 'account', place, owner: '' } as never }))
        .filter(({ about }) => !sees(caller, about))
        .map(({ code, about }) => ({
          url: `/api/v1/organs/${code}`,
          payload: { name: '改名' },
          about,
          shut: 403,
        })),
  },
  'GET /api/v1/posts': {
    may: [...readers, ...admin],
    whole: ['post_holding'],
    asks: onHolders(({ place }) => `/api/v1/posts?${postQuery(place)}`, [200]),
  },
  'POST /api/v1/posts': {
    may: admin,
    asks: ({ matters, sees }, caller) => [
      { url: '/api/v1/posts', payload: {}, open: [400] },
      ...matters.holders
        .map(({ place }) => ({ place, about: { kind: 'holder' as const, place } }))
        .filter(({ about }) => !sees(caller, about))
        .map(({ place, about }) => ({
          url: '/api/v1/posts',
          payload: {
            ...(organOfPlace[place] ? { organCode: organOfPlace[place] } : { unitCode: place }),
            title: '副主任',
          },
          about,
        })),
    ],
  },
  'POST /api/v1/posts/:postId/close': {
    may: admin,
    asks: onHolders(({ postId }) => `/api/v1/posts/${postId}/close`, [409], {
      closedOn: '2020-01-01',
      reason,
    }),
  },
  'POST /api/v1/posts/:postId/holdings': {
    may: admin,
    // A number of the demo's division, which no other installation takes.
    asks: onHolders(({ postId }) => `/api/v1/posts/${postId}/holdings`, [400], {
      name: '某某',
      number: '469999197001010013',
      validFrom: '2026-01-01',
      reason,
    }),
  },
  'POST /api/v1/post-holdings/:holdingId/end': {
    may: admin,
    asks: onHolders(({ holdingId }) => `/api/v1/post-holdings/${holdingId}/end`, [409], {
      validTo: '2019-12-31',
      reason,
    }),
  },
  'GET /api/v1/people/:personId': {
    may: [...readers, ...admin],
    whole: ['post_holding'],
    asks: onHolders(({ personId }) => `/api/v1/people/${personId}`, [200]),
  },
  'POST /api/v1/people/:personId/unmask': {
    may: readers,
    whole: ['person'],
    asks: onHolders(({ personId }) => `/api/v1/people/${personId}/unmask`, [200], { reason }),
  },
}
