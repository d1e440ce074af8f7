import { parseArgs } from 'node:util'
import { generateProvince } from './province.ts'

const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' }, out: { type: 'string' } } })
if (!values.out || !/^\d{1,9}$/.test(values.seed)) {
  console.error('usage: node demo/main.ts --seed NUMBER --out FOLDER')
  process.exitCode = 2
} else {
  const world = generateProvince(Number(values.seed), values.out)
  for (const [dataset, rows] of world.rows) console.error(`${dataset}: ${rows.length}`)
  console.error(`answer key: ${world.key.length}`)
}
