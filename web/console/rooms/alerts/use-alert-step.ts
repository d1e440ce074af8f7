import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { answered, Refused } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'

export interface AlertStep {
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
}

/** One step of the loop; a refusal is said as the server words it, and every list of alerts is read anew. */
export function useAlertStep() {
  const queries = useQueryClient()
  const { message } = App.useApp()
  return useMutation({
    mutationFn: ({ path, body }: AlertStep) => answered(post(path, body)),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['alerts'] })
      await queries.invalidateQueries({ queryKey: ['unit-alerts'] })
    },
    onError: (error) => {
      if (!(error instanceof Refused)) return
      const { detail, fields, number } = error.problem
      void message.error([inLanguage(detail), ...(fields ?? []).map(inLanguage), number].join(' · '), 8)
    },
  })
}

async function post(
  path: string,
  body: unknown,
): Promise<{ data?: unknown; error?: unknown; response: Response }> {
  const response = await fetch(path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const content = await response.json().catch(() => undefined)
  return response.ok ? { data: content, response } : { error: content, response }
}
