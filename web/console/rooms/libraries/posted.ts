import { answered } from '../../../kit/index.ts'

/** Sends a body to an address that is put together at run time; the answer's data, or the refusal thrown. */
export function posted<Data>(path: string, body: unknown): Promise<Data> {
  return answered<Data>(
    fetch(path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }).then(async (response) => {
      const content = await response.json().catch(() => undefined)
      return response.ok ? { data: content as Data, response } : { error: content, response }
    }),
  )
}
