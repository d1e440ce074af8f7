import { afterAll, expect, test } from 'vitest'
import { systemCaller } from '#ground/database/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { linkPerson } from '#shared/permissions/index.ts'
import { aFiscalRoom, people, personKey, plain } from './fiscal.builders.ts'
import { requestWork } from './open-work.ts'
import { pairsOf } from './payments.tying.ts'

const database = await createTestDatabase()
const room = await aFiscalRoom(database)
const { ask, submit } = room
afterAll(room.close)

const person = '469999199001010017'
const reason = { reason: '已核对合同与验收单，同意支付。' }
const act = (who: (typeof people)[keyof typeof people], key: string, what: 'release' | 'refuse') =>
  ask(who, 'POST', `fiscal/payment-requests/${key}/${what}`, reason)
const detail = (who: (typeof people)[keyof typeof people], key: string) =>
  ask(who, 'GET', `fiscal/payment-requests/${key}`)
/** Without an indicator a payment is red. */
const held = async (no: string, more = {}) =>
  (await submit(plain(no, { indicator_id: undefined, ...more }), `k-${no}`)).body

test('a request in order passes, and may be paid', async () => {
  const { status, body } = await submit(plain('SQ1'), 'k-SQ1')
  expect([status, body]).toMatchObject([201, { decision: 'pass', state: 'passed', level: null, hits: [] }])
  expect((await ask(people.feed, 'GET', 'fiscal/payment-requests/standing/SQ1')).body).toEqual({
    requestNo: 'SQ1',
    decision: 'pass',
    state: 'passed',
    payable: true,
  })
})

test('a yellow request passes and the unit owes an explanation, within working days', async () => {
  const { body } = await submit(
    plain('SQ2', { amount: '6000.00', settlement: 'cash', payee_kind: 'organisation' }),
    'k-SQ2',
  )
  expect(body).toMatchObject({
    decision: 'explain',
    state: 'explanation_owed',
    level: 'yellow',
    explainBy: '2026-03-06',
  })
  expect(body.hits.length).toBeGreaterThan(0)
  const url = `unit-payment-requests/${body.requestKey}`
  expect((await ask(people.otherUnit, 'GET', url)).status).toBe(404)
  const text = '备用金支付，已附清单。'
  const explained = await ask(people.unit, 'POST', `${url}/explanation`, { text })
  expect(explained.body).toMatchObject({ state: 'explained' })
  expect(explained.body.events.at(-1)).toMatchObject({ kind: 'explained', side: 'unit', reason: text })
  expect((await ask(people.unit, 'POST', `${url}/explanation`, { text })).status).toBe(409)
})

test('a red request is held until finance and supervision have both released it, two persons with a reason each', async () => {
  const { requestKey, decision, state } = await held('SQ3')
  expect([decision, state]).toEqual(['hold', 'held'])
  const standing = () => ask(people.feed, 'GET', 'fiscal/payment-requests/standing/SQ3')
  expect((await standing()).body.payable).toBe(false)
  expect(
    (await ask(people.finance, 'POST', `fiscal/payment-requests/${requestKey}/release`, {})).status,
  ).toBe(400)
  expect((await act(people.finance, requestKey, 'release')).body).toMatchObject({
    state: 'held',
    agreed: ['finance'],
  })
  expect((await act(people.finance, requestKey, 'release')).status).toBe(409)
  const twin = { ...people.finance, roles: ['finance_supervisor', 'supervision_officer'] }
  const asOther = await ask(twin, 'POST', `fiscal/payment-requests/${requestKey}/release`, {
    ...reason,
    side: 'supervision',
  })
  expect(asOther).toMatchObject({ status: 409, body: { code: 'fiscal.second_person' } })
  expect((await standing()).body.payable).toBe(false)
  const released = await act(people.supervision, requestKey, 'release')
  expect(released.body).toMatchObject({ state: 'released', agreed: ['finance', 'supervision'] })
  expect(released.body.events.map(({ kind }: { kind: string }) => kind)).toEqual([
    'judged',
    'approved_release',
    'approved_release',
    'released',
  ])
  expect((await standing()).body.payable).toBe(true)
  const log = await database.owner<{ action: string }>(
    "select action from audit.entry where object_id = $1 and action like 'fiscal.%' and action <> 'fiscal.read_request'",
    [requestKey],
  )
  expect(log.map((row) => row.action)).toEqual([
    'fiscal.judge_request',
    'fiscal.release_request',
    'fiscal.release_request',
  ])
})

test('either side refuses, and what is refused stays so', async () => {
  const { requestKey } = await held('SQ4')
  expect((await act(people.supervision, requestKey, 'refuse')).body).toMatchObject({ state: 'refused' })
  expect((await act(people.finance, requestKey, 'release')).status).toBe(409)
  expect((await ask(people.feed, 'GET', 'fiscal/payment-requests/standing/SQ4')).body.payable).toBe(false)
})

test('a person who is paid stands in the list by the surname only, and no search finds him by name', async () => {
  await held('SQ45', {
    payee_kind: 'person',
    payee_name: '欧阳若水',
    payee_code: person,
    payee_account: '6222000011114444',
  })
  const found = async (text: string) => {
    const { body } = await ask(
      people.supervision,
      'GET',
      `fiscal/payment-requests?text=${encodeURIComponent(text)}`,
    )
    return body.items.map((row: { payeeName: string }) => row.payeeName)
  }
  expect(await found('SQ45')).toEqual(['欧＊＊'])
  expect(await found('若水')).toEqual([])
  expect(await found('某文具公司')).toContain('某文具公司')
  const logged = await database.owner<{ detail: object; text: string }>(
    `select detail, e::text as text from audit.entry e where action = 'fiscal.search_requests' order by at, entry_id`,
  )
  expect(logged.slice(0, 2).map(({ detail }) => detail)).toEqual([
    { by: ['text'], shown: 1 },
    { by: ['text'], shown: 0 },
  ])
  expect(logged.map(({ text }) => text).join()).not.toContain('若水')
})

test('nobody releases whom it names, who is of the unit, or who is not of its part of the tree', async () => {
  const { requestKey } = await held('SQ5', {
    payee_kind: 'person',
    payee_name: '某某',
    payee_code: person,
    payee_account: '6222000011113333',
  })
  await database.asCaller(systemCaller, (trx) =>
    linkPerson(trx, people.supervision.userId, personKey(person)),
  )
  expect((await detail(people.supervision, requestKey)).status).toBe(404)
  expect((await act(people.supervision, requestKey, 'release')).status).toBe(404)
  await database.asCaller(systemCaller, (trx) => linkPerson(trx, people.supervision.userId, null))
  const within = { ...people.supervision, scope: '46.01.UU1' }
  expect((await act(within, requestKey, 'release')).status).toBeGreaterThanOrEqual(400)
  expect((await act(people.otherCity, requestKey, 'release')).status).toBe(404)
  for (const who of [people.unit, people.conduct, people.deputy, people.feed])
    expect((await act(who, requestKey, 'release')).status).toBe(403)
  expect((await detail(people.finance, requestKey)).body).toMatchObject({ state: 'held', agreed: [] })
  expect((await detail(people.conduct, requestKey)).status).toBe(403)
})

test('the unit sees its own requests, and nothing of what looks into the watch list', async () => {
  await room.put('payee_account', {
    account_no: '6222000011119999',
    holder_name: '某贸易公司',
    holder_code: '91460000MA5T000001',
    valid_from: '2020-01-01',
  })
  await room.put('enterprise', {
    credit_code: '91460000MA5T000001',
    enterprise_name: '某贸易公司',
    legal_rep_id: person,
    legal_rep_name: '某某',
    established_on: '2015-01-01',
    enterprise_state: 'active',
    valid_from: '2015-01-01',
  })
  await room.put('shareholder', {
    credit_code: '91460000MA5T000001',
    holder_code: '469999199001010025',
    holder_name: '某甲',
    holder_kind: 'person',
    valid_from: '2015-01-01',
  })
  await room.put('payroll', {
    person_id: '469999198001010012',
    person_name: '某乙',
    unit_code: 'U1',
    account_no: 'G1',
    valid_from: '2015-01-01',
  })
  await room.put('watch_person', {
    person_id: person,
    person_name: '某某',
    unit_code: 'U1',
    valid_from: '2015-01-01',
  })
  await room.put('watch_relative', {
    person_id: person,
    relative_id: '469999199001010033',
    relative_name: '某丙',
    relation: 'spouse',
    valid_from: '2015-01-01',
  })
  const { body } = await submit(
    plain('SQ6', {
      payee_name: '某贸易公司',
      payee_account: '6222000011119999',
      payee_code: '91460000MA5T000001',
    }),
    'k-SQ6',
  )
  expect(body.decision).toBe('hold')
  expect(body.hits.map(({ rule }: { rule: string }) => rule)).not.toContain('ZF18')
  const office = (await detail(people.finance, body.requestKey)).body
  expect(
    office.hits.map(({ rule, undisclosed }: { rule: string; undisclosed: boolean }) => [rule, undisclosed]),
  ).toEqual([['ZF18', true]])
  expect(office.level).toBe('red')
  const unit = (await ask(people.unit, 'GET', `unit-payment-requests/${body.requestKey}`)).body
  expect(unit).toMatchObject({ state: 'held', level: null, hits: [] })
  expect(JSON.stringify(unit)).not.toContain('ZF18')
  const list = (await ask(people.unit, 'GET', 'unit-payment-requests')).body
  expect(list.items.every(({ unitCode }: { unitCode: string }) => unitCode === 'U1')).toBe(true)
  expect((await ask(people.otherUnit, 'GET', 'unit-payment-requests')).body.items).toEqual([])
})

test('rules of history count the request in: split payments to one payee', async () => {
  const pay = (payment_id: string, paid_on: string) => ({
    payment_id,
    unit_code: 'U1',
    indicator_id: 'I1',
    paid_on,
    amount: '30000.00',
    settlement: 'transfer',
    payee_name: '某装修公司',
    payee_account: '6222000011114444',
    payee_kind: 'organisation',
    purpose: '维修',
    payment_kind: 'ordinary',
    payment_state: 'paid',
  })
  // An old chain is there with or without the request and is not the request's.
  await room.put('payment', pay('P1', '2026-03-02'), pay('P8', '2026-01-05'), pay('P9', '2026-01-06'))
  const { body } = await submit(
    plain('SQ7', {
      amount: '30000.00',
      payee_name: '某装修公司',
      payee_account: '6222000011114444',
      purpose: '粉刷',
    }),
    'k-SQ7',
  )
  expect(body).toMatchObject({ decision: 'explain', level: 'yellow' })
  const found = (await detail(people.finance, body.requestKey)).body
  expect(found.hits.map(({ rule, amount }: { rule: string; amount: string }) => [rule, amount])).toEqual([
    ['ZF13', '60000.00'],
  ])
  expect(found.hits[0].parameters.length).toBeGreaterThan(0)
  // The judging leaves no trace in the facts.
  expect(await room.session.rows('select count(*) as n from payment')).toEqual([{ n: '3' }])
})

test('the same request again gets the same answer; another with its key or its number does not', async () => {
  const first = await submit(plain('SQ8'), 'k-SQ8')
  expect(await submit(plain('SQ8'), 'k-SQ8')).toEqual({ ...first, replayed: 'true' })
  expect(await submit(plain('SQ8', { amount: '1.00' }), 'k-SQ8')).toMatchObject({
    status: 409,
    body: { code: 'fiscal.key_used' },
  })
  expect(await submit(plain('SQ8'), 'k-SQ8b')).toMatchObject({
    status: 409,
    body: { code: 'fiscal.number_used' },
  })
  const many = await Promise.all(Array.from({ length: 5 }, () => submit(plain('SQ9'), 'k-SQ9')))
  expect(new Set(many.map(({ body }) => JSON.stringify(body))).size).toBe(1)
})

test('what is wrong with a request is told by field; who may not submit does not', async () => {
  const bad = await submit(plain('SQ10', { amount: '12.345', colour: 'red', payment_id: 'P1' }), 'k-SQ10')
  expect(bad.status).toBe(422)
  expect(bad.body.faults.map(({ field }: { field: string }) => field).sort()).toEqual([
    'amount',
    'colour',
    'payment_id',
  ])
  expect((await submit(plain('SQ13', { classified: true }), 'k-SQ13')).body.faults).toMatchObject([
    { field: 'classified', reason: { zh: '涉密资金不得录入非涉密平台' } },
  ])
  expect((await submit(plain('SQ 11'), 'k-SQ11')).body.faults).toMatchObject([{ field: 'request_id' }])
  expect(
    (await submit(plain('SQ12'), 'k-SQ12', { ...people.feed, datasets: ['invoice'] } as never)).status,
  ).toBe(403)
  expect((await submit(plain('SQ12'), 'k-SQ12', { ...people.feed, scope: '46.02' } as never)).status).toBe(
    403,
  )
  for (const who of [people.finance, people.unit, people.conduct])
    expect((await submit(plain('SQ12'), 'k-SQ12', who)).status).toBe(403)
})

test('the later payment is tied to its request, and one that was made of a held request stands out', async () => {
  const likely = (await submit(plain('SQ20', { amount: '777.00' }), 'k-SQ20')).body
  const stopped = await held('SQ21', { amount: '888.00' })
  const other = (await submit(plain('SQ22', { amount: '999.00' }), 'k-SQ22')).body
  const pay = (payment_id: string, amount: string, request_id: string | null) => ({
    payment_id,
    request_id,
    unit_code: 'U1',
    indicator_id: 'I1',
    paid_on: '2026-03-04',
    amount,
    settlement: 'transfer',
    payee_account: '6222000011112222',
    payment_kind: 'ordinary',
    payment_state: 'paid',
    batch_id: 'B1',
  })
  await room.put('payment', pay('Z1', '777.00', null), pay('Z2', '888.00', 'SQ21'), pay('Z3', '1.00', 'SQ22'))
  expect(await room.fiscal.payments.tieBatch('B1')).toBe(3)
  expect(await room.fiscal.payments.tieBatch('B1')).toBe(0)
  const of = async (key: string) => (await detail(people.finance, key)).body
  expect(await of(likely.requestKey)).toMatchObject({
    paymentId: 'Z1',
    paidOn: '2026-03-04',
    paymentFault: null,
  })
  expect(await of(stopped.requestKey)).toMatchObject({
    paymentId: 'Z2',
    state: 'held',
    paymentFault: 'while_held',
  })
  expect(await of(other.requestKey)).toMatchObject({
    paymentId: 'Z3',
    paymentFault: 'differs',
    paidAmount: '1.00',
  })
  const faulty = (await ask(people.finance, 'GET', 'fiscal/payment-requests?faulty=true')).body
  expect(faulty.items.map(({ requestNo }: { requestNo: string }) => requestNo).sort()).toEqual([
    'SQ21',
    'SQ22',
  ])
})

test('numbers come before likeness, and each payment has one request', () => {
  const open = (requestNo: string) => ({
    requestKey: requestNo,
    requestNo,
    unitCode: 'U1',
    payeeAccount: 'A',
    amount: '10.00',
    requestedOn: '2026-03-01',
    state: 'passed' as const,
    orgPath: '46',
    personKeys: [],
  })
  const pay = (paymentId: string, requestNo: string | null, paidOn = '2026-03-02') => ({
    paymentId,
    requestNo,
    unitCode: 'U1',
    payeeAccount: 'A',
    amount: '10.00',
    paidOn,
  })
  const pairs = pairsOf(
    [open('R1'), open('R2')],
    [pay('P1', null), pay('P2', 'R1'), pay('P3', null), pay('P0', null, '2026-02-01')],
  )
  expect(pairs.map(({ request, payment, by }) => [request.requestNo, payment.paymentId, by])).toEqual([
    ['R1', 'P2', 'number'],
    ['R2', 'P1', 'likeness'],
  ])
})

test('the list goes from the newest request to the oldest, page by page', async () => {
  type Page = {
    items: { requestNo: string; requestedAt: string }[]
    next: string | null
    total: { count: number }
  }
  const page = async (cursor: string | null) => {
    const from = cursor ? `&cursor=${cursor}` : ''
    const { body } = await ask(people.supervision, 'GET', `fiscal/payment-requests?limit=3${from}`)
    return body as Page
  }
  const first = await page(null)
  const seen = [...first.items]
  for (let next = first.next; next; ) {
    const more = await page(next)
    seen.push(...more.items)
    next = more.next
  }
  expect(new Set(seen.map(({ requestNo }) => requestNo)).size).toBe(first.total.count)
  expect(seen.length).toBe(first.total.count)
  const times = seen.map(({ requestedAt }) => Date.parse(requestedAt))
  expect(times).toEqual(times.toSorted((one, other) => other - one))
})

test('a batch that is undone takes its payments off their requests, which wait for a payment again', async () => {
  const { requestKey } = (await submit(plain('SQ60', { amount: '606.00' }), 'k-SQ60')).body
  const pay = {
    payment_id: 'Z60',
    request_id: 'SQ60',
    unit_code: 'U1',
    paid_on: '2026-03-04',
    amount: '606.00',
    settlement: 'transfer',
    payee_account: '6222000011112222',
    payment_kind: 'ordinary',
    payment_state: 'paid',
    batch_id: 'B60',
  }
  const request = async () => (await detail(people.finance, requestKey)).body
  await room.put('payment', pay)
  expect(await room.fiscal.payments.tieBatch('B60')).toBe(1)
  expect(await room.fiscal.payments.untieWithdrawn()).toBe(0)
  await room.session.run(`delete from payment where payment_id = 'Z60'`)
  expect(await room.fiscal.payments.untieWithdrawn()).toBe(1)
  expect(await room.fiscal.payments.untieWithdrawn()).toBe(0)
  expect(await request()).toMatchObject({
    paymentId: null,
    paidOn: null,
    paidAmount: null,
    paymentFault: null,
  })
  expect((await request()).events.map(({ kind }: { kind: string }) => kind)).toEqual([
    'judged',
    'paid',
    'payment_withdrawn',
  ])
  await room.put('payment', { ...pay, payment_id: 'Z61', batch_id: 'B61' })
  expect(await room.fiscal.payments.tieBatch('B61')).toBe(1)
  expect(await request()).toMatchObject({ paymentId: 'Z61' })
})

test('what is not explained in its term climbs the ladder: reminder, overdue, slip, escalation, each once', async () => {
  room.clock.set('2026-06-01T01:00:00Z')
  const { requestKey, explainBy } = (
    await submit(
      plain('SQ70', { amount: '6000.00', settlement: 'cash', payee_kind: 'organisation' }),
      'k-SQ70',
    )
  ).body
  // Three working days from Monday 1 June.
  expect(explainBy).toBe('2026-06-04')
  const kinds = async () =>
    (await detail(people.finance, requestKey)).body.events.map(({ kind }: { kind: string }) => kind).slice(1)
  const rungs = [
    ['2026-06-02', []],
    ['2026-06-03', ['reminder']],
    ['2026-06-04', ['reminder']],
    ['2026-06-05', ['reminder', 'overdue']],
    ['2026-06-09', ['reminder', 'overdue', 'slip']],
    ['2026-06-11', ['reminder', 'overdue', 'slip', 'escalate']],
    ['2026-06-30', ['reminder', 'overdue', 'slip', 'escalate']],
  ] as const
  for (const [day, expected] of rungs) {
    room.clock.set(`${day}T01:00:00Z`)
    await room.fiscal.owed.climb()
    await room.fiscal.owed.climb()
    expect([day, await kinds()]).toEqual([day, [...expected]])
  }
  const slips = async () =>
    (await room.supervision.list(people.finance, { room: 'fiscal', subjectId: requestKey, limit: 10 })).items
  expect(await slips()).toMatchObject([{ state: 'issued', orgPath: '46.01.UU1', issuedOn: '2026-06-09' }])
  await ask(people.unit, 'POST', `unit-payment-requests/${requestKey}/explanation`, {
    text: '采购纸张。',
  })
  expect(await slips()).toMatchObject([{ state: 'ended' }])
})

test('who leaves hands over what owes an explanation, or waits for the other side’s agreement', async () => {
  const work = requestWork(room)
  const list = (userId: string) => database.asCaller(systemCaller, (trx) => work.openWorkOf(trx, userId))
  const owed = (
    await submit(
      plain('SQ80', { amount: '6000.00', settlement: 'cash', payee_kind: 'organisation' }),
      'k-SQ80',
    )
  ).body
  const stopped = await held('SQ81')
  expect(await list(people.finance.userId)).toEqual([])
  await act(people.finance, stopped.requestKey, 'release')
  const item = { kind: 'payment_request', itemId: stopped.requestKey, title: '支付申请 SQ81' }
  expect(await list(people.finance.userId)).toEqual([item])
  await database.owner(
    `insert into identity.account (user_id, username, display_name, unit_code, scope, created_at, created_by,
      state_changed_at) values ($1, 'sqcaiwu', '某人', 'U1', $2, now(), $1, now())`,
    [people.unit.userId, people.unit.scope],
  )
  await database.owner(
    `insert into identity.role_holding (user_id, role, state, valid_from, requested_by, requested_at, reason, decided_by)
      values ($1, 'unit_finance', 'active', '2020-01-01', $2, now(), '测试', $2)`,
    [people.unit.userId, systemCaller.userId],
  )
  expect(await list(people.unit.userId)).toContainEqual({
    kind: 'unit_payment_request',
    itemId: owed.requestKey,
    title: '本单位支付申请 SQ80',
  })
  await database.asCaller(systemCaller, (trx) =>
    work.handOver(trx, [{ ...item, room: 'fiscal' }], people.finance.userId, people.deputy.userId),
  )
  const { events } = (await detail(people.supervision, stopped.requestKey)).body
  expect(events.at(-1)).toMatchObject({ kind: 'handed_over', side: 'system' })
})
