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
    const nothing = () => {}
    const query = {
      submit: (connection: CopyConnection) => connection.query(statement),
      handleCopyInResponse: (connection: CopyConnection) => {
        pump(connection, open()).catch((error: Error) => {
          failure = error
          connection.sendCopyFail('the source ended early')
        })
      },
      handleError: (error: Error) => failed(failure ?? error),
      handleReadyForQuery: () => done(),
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

async function pump(connection: CopyConnection, source: Readable): Promise<void> {
  for await (const chunk of source as AsyncIterable<Buffer>) {
    connection.sendCopyFromChunk(chunk)
    if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain')
  }
  connection.endCopyFrom()
}
