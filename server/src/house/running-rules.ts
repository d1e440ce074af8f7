import type { ComposedRules, InForce, Rule } from '#shared/rules/index.ts'

/** The rules that run today with what is configured of them. */
export interface RunningRules extends Pick<InForce, 'parameters' | 'modes' | 'versions'> {
  readonly rules: readonly Rule[]
}

/** What ships and what was composed in the console, as both are in force or on trial today. */
export async function runningRules(house: {
  readonly catalogue: readonly Rule[]
  inForce(): Promise<InForce>
  readonly composedRules: Pick<ComposedRules, 'running'>
}): Promise<RunningRules> {
  const { parameters, modes, versions } = await house.inForce()
  const composed = await house.composedRules.running()
  const ofComposed = <Value>(value: (running: (typeof composed)[number]) => Value) =>
    Object.fromEntries(composed.map((running) => [running.rule.code, value(running)]))
  return {
    rules: [...house.catalogue, ...composed.map(({ rule }) => rule)],
    parameters,
    modes: { ...modes, ...ofComposed(({ mode }) => mode) },
    versions: { ...versions, ...ofComposed(({ version }) => version) },
  }
}
