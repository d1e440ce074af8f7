import pg from 'pg'
import type { House } from '#house'

/** When hits of a run become visible to others, seen from a connection of its own. */
export interface StoredHits {
  /** Resolves at the next commit that stores hits, with the moment; to be called before what leads to it. */
  next(): Promise<number>
  close(): Promise<void>
}

const channel = 'bench_hits'

/** A notice of the database is delivered when its transaction commits: the moment from which a hit is stored for good. */
export async function watchStoredHits(house: House): Promise<StoredHits> {
  const client = new pg.Client(house.connection.owner)
  await client.connect()
  await client.query(`create function rules.bench_tell() returns trigger language plpgsql as
    $$ begin perform pg_notify('${channel}', ''); return null; end $$`)
  await client.query(
    'create trigger bench_tell after insert on rules.hit execute function rules.bench_tell()',
  )
  await client.query(`listen ${channel}`)
  return {
    next: () =>
      new Promise((resolve) => {
        client.once('notification', () => resolve(performance.now()))
      }),
    close: () => client.end(),
  }
}
