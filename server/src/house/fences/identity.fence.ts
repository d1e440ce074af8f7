import { callers, type FenceCaller } from './callers.ts'
import { type Ask, type FenceContext, type FenceTable, once } from './fence-entry.ts'
import type { Thing } from './oracle.ts'

const administrators = ['system_admin', 'security_admin', 'audit_admin']
const system = ['system_admin']
const security = ['security_admin']

/** Accounts in every place, of every kind. */
const chosen = callers.filter(
  ({ role }, index) => role !== 'feed' && role !== 'nobody' && role !== 'none' && index % 5 === 0,
)
const accountOf = (caller: FenceCaller): Thing => ({
  kind: 'account',
  place: caller.place,
  owner: caller.name,
})

const onAccounts =
  (path: string): ((context: FenceContext) => readonly Ask[]) =>
  ({ matters }) =>
    chosen.map((one) => ({
      url: path.replace(':userId', matters.accountIds.get(one.name)!),
      about: accountOf(one),
    }))

/** An act on accounts: tried on those that lie outside the caller's part of the tree only, so that nothing changes. */
const outOfReach =
  (path: string, payload?: object) =>
  ({ matters, sees }: FenceContext, caller: FenceCaller): readonly Ask[] =>
    chosen
      .filter((one) => !sees(caller, accountOf(one)))
      .map((one) => ({
        url: path
          .replace(':userId', matters.accountIds.get(one.name)!)
          .replace(':holdingId', matters.holdingIds.get(one.name)!),
        payload,
        about: accountOf(one),
      }))

const onTokens =
  (payload?: object) =>
  ({ matters, sees }: FenceContext, caller: FenceCaller): readonly Ask[] =>
    (['province', 'city'] as const)
      .filter((place) => !sees(caller, { kind: 'token', place }))
      .map((place) => ({
        url: `/api/v1/api-tokens/${matters.tokenIds[place]}${payload ? '/decision' : ''}`,
        payload,
        about: { kind: 'token', place },
      }))

const reason = { reason: '测试理由' }
const ownSession = 'would end or change the session that asks'

export const identityFence: FenceTable = {
  'GET /api/v1/session': { may: 'public', asks: once('/api/v1/session') },
  'POST /api/v1/session': { may: 'public', asks: once('/api/v1/session', { payload: {}, open: [400] }) },
  'DELETE /api/v1/session': { may: 'signed-in', asks: () => [], notCalled: ownSession },
  'POST /api/v1/session/password': { may: 'signed-in', asks: () => [], notCalled: ownSession },
  'POST /api/v1/session/second-factor': { may: 'signed-in', asks: () => [], notCalled: ownSession },
  'POST /api/v1/session/second-factor/confirm': { may: 'signed-in', asks: () => [], notCalled: ownSession },
  'POST /api/v1/session/second-factor/disable': { may: 'signed-in', asks: () => [], notCalled: ownSession },
  'GET /api/v1/session/sessions': { may: 'signed-in', asks: once('/api/v1/session/sessions') },
  'DELETE /api/v1/session/sessions': {
    may: 'signed-in',
    asks: once('/api/v1/session/sessions?sessionId=00000000-0000-4000-8000-000000000000', { open: [404] }),
  },
  'GET /api/v1/oidc/start': { may: 'public', asks: once('/api/v1/oidc/start', { open: [302] }) },
  'GET /api/v1/oidc/callback': { may: 'public', asks: once('/api/v1/oidc/callback', { open: [302] }) },
  'POST /api/v1/first-run': { may: 'public', asks: once('/api/v1/first-run', { payload: {}, open: [400] }) },
  'GET /api/v1/accounts': {
    may: administrators,
    whole: ['account'],
    asks: once('/api/v1/accounts?limit=30', { pages: true }),
  },
  'GET /api/v1/accounts/:userId': { may: administrators, asks: onAccounts('/api/v1/accounts/:userId') },
  'POST /api/v1/accounts': { may: system, asks: once('/api/v1/accounts', { payload: {}, open: [400] }) },
  'PATCH /api/v1/accounts/:userId': {
    may: system,
    asks: outOfReach('/api/v1/accounts/:userId', { displayName: '改名' }),
  },
  'POST /api/v1/accounts/:userId/departure': {
    may: system,
    asks: outOfReach('/api/v1/accounts/:userId/departure', { kind: 'leave', ...reason }),
  },
  'POST /api/v1/accounts/:userId/reset': {
    may: system,
    asks: outOfReach('/api/v1/accounts/:userId/reset', { ...reason }),
  },
  'POST /api/v1/accounts/:userId/unlock': {
    may: system,
    asks: outOfReach('/api/v1/accounts/:userId/unlock'),
  },
  'POST /api/v1/accounts/:userId/enable': {
    may: system,
    asks: outOfReach('/api/v1/accounts/:userId/enable', reason),
  },
  'POST /api/v1/accounts/:userId/roles': {
    may: system,
    asks: outOfReach('/api/v1/accounts/:userId/roles', { role: 'deputy', ...reason }),
  },
  'GET /api/v1/role-holdings': {
    may: administrators,
    whole: ['holding'],
    asks: once('/api/v1/role-holdings'),
  },
  'GET /api/v1/permissions': { may: administrators, asks: once('/api/v1/permissions') },
  'POST /api/v1/role-holdings/:holdingId/decision': {
    may: security,
    asks: outOfReach('/api/v1/role-holdings/:holdingId/decision', { approve: false, ...reason }),
  },
  'POST /api/v1/role-holdings/:holdingId/end': {
    may: ['system_admin', 'security_admin'],
    asks: outOfReach('/api/v1/role-holdings/:holdingId/end', reason),
  },
  'GET /api/v1/handovers': {
    may: 'signed-in',
    whole: ['handover'],
    asks: once('/api/v1/handovers'),
  },
  'GET /api/v1/handovers/:handoverId': {
    may: 'signed-in',
    whole: ['handover_item'],
    asks: ({ matters }) => [
      {
        url: `/api/v1/handovers/${matters.handoverId}`,
        about: { kind: 'handover', handover: matters.handover },
      },
    ],
  },
  'POST /api/v1/handovers': {
    may: 'signed-in',
    asks: once('/api/v1/handovers', { payload: {}, open: [400] }),
  },
  'POST /api/v1/handovers/:handoverId/signature': {
    may: 'signed-in',
    asks: ({ matters }) => [
      {
        url: `/api/v1/handovers/${matters.handoverId}/signature`,
        payload: { digest: '1'.repeat(64) },
        about: { kind: 'handover', handover: matters.handover },
        open: [409],
      },
    ],
  },
  'GET /api/v1/api-tokens': { may: administrators, whole: ['token'], asks: once('/api/v1/api-tokens') },
  'POST /api/v1/api-tokens': { may: system, asks: once('/api/v1/api-tokens', { payload: {}, open: [400] }) },
  'POST /api/v1/api-tokens/:tokenId/decision': {
    may: security,
    asks: onTokens({ approve: false, ...reason }),
  },
  'DELETE /api/v1/api-tokens/:tokenId': { may: system, asks: onTokens() },
  'GET /api/v1/identity-policy': { may: administrators, asks: once('/api/v1/identity-policy') },
  'PUT /api/v1/identity-policy': {
    may: security,
    asks: once('/api/v1/identity-policy', { payload: {}, open: [400] }),
  },
}
