import { callers, type FenceCaller } from './callers.ts'
import type { Ask, FenceContext, FenceEntry, FenceTable } from './fence-entry.ts'
import type { Matters } from './matters.ts'
import { sees, type Thing } from './oracle.ts'
import type { Answer, FenceWorld } from './world.ts'

export interface MatrixReport {
  /** Route × caller × thing that was asked about or looked for. */
  readonly cells: number
  readonly wrong: readonly string[]
}

const marks = /⟦([^⟧]+)⟧/g
const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** Calls routes as everybody and compares what comes back with the oracle. Stops at `atMost` disagreements. */
export async function runMatrix(
  world: FenceWorld,
  matters: Matters,
  table: FenceTable,
  options: {
    routes?: (route: string) => boolean
    who?: (caller: FenceCaller) => boolean
    atMost?: number
  } = {},
): Promise<MatrixReport> {
  const wrong: string[] = []
  let cells = 0
  const context: FenceContext = { matters, sees }
  const work = Object.entries(table)
    .filter(([route]) => options.routes?.(route) ?? true)
    .flatMap(([route, entry]) =>
      callers.filter((caller) => options.who?.(caller) ?? true).map((caller) => ({ route, entry, caller })),
    )
  const worker = async () => {
    for (let one = work.shift(); one; one = work.shift()) {
      if (wrong.length >= (options.atMost ?? Number.POSITIVE_INFINITY)) return
      const found = await checkCaller(world, context, one.route, one.entry, one.caller)
      cells += found.cells
      for (const fault of found.wrong) wrong.push(`${one.route} as ${one.caller.name}: ${fault}`)
    }
  }
  await Promise.all(Array.from({ length: 8 }, worker))
  return { cells, wrong }
}

/** Whether the design lets the caller use the route at all. */
export function mayCall(entry: FenceEntry, caller: FenceCaller): boolean {
  if (entry.may === 'public') return true
  if (caller.role === 'nobody') return false
  return entry.may === 'signed-in' ? caller.role !== 'feed' : entry.may.includes(caller.role)
}

async function checkCaller(
  world: FenceWorld,
  context: FenceContext,
  route: string,
  entry: FenceEntry,
  caller: FenceCaller,
): Promise<MatrixReport> {
  const [method, path] = route.split(' ') as [string, string]
  const wrong: string[] = []
  if (!mayCall(entry, caller)) {
    const answer = await world.ask(caller, method, filled(path), method === 'GET' ? undefined : {})
    const status = caller.role === 'nobody' ? 401 : 403
    if (answer.status !== status) wrong.push(`answered ${answer.status}, expected ${status}`)
    wrong.push(...leaks(world, entry, caller, answer.text))
    return { cells: 1, wrong }
  }
  // What is open to everyone does not ask who is there: a few are enough.
  const few = entry.may === 'public' && callers.indexOf(caller) % 12 !== 0
  if (few || entry.endless || entry.notCalled) return { cells: 1, wrong }
  const found = new Set<string>()
  let cells = 0
  for (const ask of entry.asks(context, caller)) {
    cells += 1
    for (const answer of await pagesOf(world, caller, method, ask)) {
      const fault = statusFault(caller, ask, answer)
      if (fault) wrong.push(`${ask.url} ${fault}`)
      wrong.push(...leaks(world, entry, caller, answer.text))
      for (const [, mark] of answer.text.matchAll(marks)) found.add(mark!)
      if (!fault && answer.status === 200 && entry.figures) {
        const seen = context.matters.alerts.filter((alert) => sees(caller, { kind: 'alert', alert }))
        const misfit = entry.figures(answer.body as never, seen)
        if (misfit) wrong.push(`${ask.url} ${misfit}`)
      }
    }
  }
  for (const [mark, thing] of world.things) {
    if (!entry.whole?.some((beginning) => mark.startsWith(`${beginning}:`))) continue
    cells += 1
    if (sees(caller, thing) && !found.has(mark)) wrong.push(`does not show ${mark}`)
  }
  return { cells, wrong }
}

/** A path that leads to nothing, for those who must not even get so far. */
function filled(path: string): string {
  return path.replaceAll(/:\w+/g, '00000000-0000-4000-8000-000000000000')
}

async function pagesOf(world: FenceWorld, caller: FenceCaller, method: string, ask: Ask): Promise<Answer[]> {
  const answers = [await world.ask(caller, method, ask.url, ask.payload)]
  while (ask.pages && answers.length < 50) {
    const { next } = (answers.at(-1)!.body ?? {}) as { next?: string | null }
    if (!next) break
    const joint = ask.url.includes('?') ? '&' : '?'
    answers.push(await world.ask(caller, method, `${ask.url}${joint}cursor=${next}`, ask.payload))
  }
  return answers
}

function statusFault(caller: FenceCaller, ask: Ask, answer: Answer): string | undefined {
  const code = (answer.body as { code?: string } | undefined)?.code
  const open = ask.about === undefined || sees(caller, ask.about)
  const wanted = open ? (ask.open ?? [200]) : [ask.shut ?? 404]
  // Who may use the route is never told that he may not, whatever else stands in the way.
  if (wanted.includes(answer.status) && code !== 'http.forbidden') return undefined
  return `answered ${answer.status} ${code ?? ''}, expected ${wanted.join(' or ')}${ask.about ? ` about ${describe(ask.about)}` : ''}`
}

function describe(thing: Thing): string {
  if ('alert' in thing) return `${thing.kind} ${thing.alert.code}`
  return thing.kind
}

/** Everything in a text that its reader must not see. */
function leaks(world: FenceWorld, entry: FenceEntry, caller: FenceCaller, text: string): string[] {
  const found = new Set([...text.matchAll(marks)].map(([, mark]) => mark!))
  if (!entry.namesObjects) for (const [id] of text.matchAll(uuids)) found.add(id)
  return [...found].flatMap((mark) => {
    const thing = world.things.get(mark)
    if (!thing || sees(caller, thing)) return []
    return [`shows ${mark} (${describe(thing)})`]
  })
}
