/** Long enough that a compressor or a connection is not woken for every row, short enough to be nothing in memory. */
const blockLength = 65_536

/** The same text in larger pieces. */
export async function* inBlocks(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let block = ''
  for await (const piece of pieces) {
    block += piece
    if (block.length < blockLength) continue
    yield block
    block = ''
  }
  if (block !== '') yield block
}
