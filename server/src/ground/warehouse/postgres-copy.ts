import { once } from 'node:events'
import type { Readable } from 'node:stream'
import type pg from 'pg'

/** The driver's connection as far as the copy protocol needs it; its types leave it out. */
interface CopyConnection {
  readonly stream: NodeJS.WritableStream & { readonly writableNeedDrain: boolean }
  query(text: string): void
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
  sendCopyFail(reason: string): void
}

/**
 * Streams a csv into `copy … from stdin`, as fast as the server takes it. `open` is called when the server is ready; an
 * error of the source leaves nothing behind.
 */
export function copyFromCsv(client: pg.ClientBase, statement: string, open: () => Readable): Promise<void> {
  return new Promise((done, failed) => {
    let failure: unknown
    let refused: unknown
    let pumping: Promise<void> = Promise.resolve()
    const nothing = () => {}
    const query = {
      submit: (connection: CopyConnection) => connection.query(statement),
      handleCopyInResponse: (connection: CopyConnection) => {
        pumping = pump(connection, open(), () => refused !== undefined).catch((error: Error) => {
          failure = error
          connection.sendCopyFail('the source ended early')
        })
      },
      handleError: (error: Error) => {
        refused = error
        void pumping.then(() => failed(failure ?? error))
      },
      // Settled only when nothing more is sent: what came late would be taken for the next statement's rows.
      handleReadyForQuery: () => void pumping.then(() => done()),
      handleCommandComplete: nothing,
      handleRowDescription: nothing,
      handleDataRow: nothing,
      handlePortalSuspended: nothing,
      handleEmptyQuery: nothing,
      callback: nothing,
    }
    client.query(query as unknown as pg.Submittable)
  })
}

async function pump(connection: CopyConnection, source: Readable, isRefused: () => boolean): Promise<void> {
  for await (const chunk of source as AsyncIterable<Buffer>) {
    if (isRefused()) return
    connection.sendCopyFromChunk(chunk)
    if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain')
  }
  if (!isRefused()) connection.endCopyFrom()
}
