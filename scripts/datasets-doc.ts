/** Writes docs/datasets.md from the descriptions of the datasets; with `--check` it only compares. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Column, type Dataset, datasets } from '#shared/datasets/index.ts'
import { loadPack } from '#shared/rules/index.ts'

const target = join(import.meta.dirname, '..', 'docs', 'datasets.md')
const rules = ['fiscal', 'invoices'].flatMap((pack) => loadPack(pack))

const kinds = { fact: '事实 fact', register: '登记 register', config: '配置 configuration' } as const

function columnLine(name: string, column: Column): string {
  const choices = Object.entries(column.choices ?? {}).map(([code, { zh, en }]) => `\`${code}\` ${zh} ${en}`)
  const notes = [
    ...(column.check ? [column.check] : []),
    ...(column.max ? [`≤ ${column.max}`] : []),
    ...(column.negative ? ['may be negative'] : []),
    ...choices,
    ...(column.note ? [`${column.note.zh} · ${column.note.en}`] : []),
  ]
  return `| \`${name}\` | ${column.title.zh} · ${column.title.en} | ${column.type} | ${column.required ? 'yes' : ''} | ${notes.join('; ')} |`
}

function section(dataset: Dataset): string {
  const readers = rules.filter(({ reads }) => [...reads.required, ...reads.optional].includes(dataset.name))
  return [
    `## ${dataset.name} — ${dataset.title.zh} · ${dataset.title.en}`,
    '',
    `${dataset.about.zh}。${dataset.about.en}.`,
    '',
    `${kinds[dataset.kind]} · key: ${dataset.key.map((name) => `\`${name}\``).join(', ')} · read by: ${readers.map(({ code }) => code).join(' ') || '—'}`,
    '',
    '| column | title | type | required | values and checks |',
    '|---|---|---|---|---|',
    ...Object.entries(dataset.columns).map(([name, column]) => columnLine(name, column)),
  ].join('\n')
}

const head = `# Datasets

Generated from \`server/src/shared/datasets\` by \`node scripts/datasets-doc.ts\`. One csv per dataset, named after it. The
header holds the column names or their Chinese titles, in any order; columns that are not required may be left out. UTF-8
with or without byte-order mark, or GB18030. Money is yuan with at most two decimals, dates are \`2026-01-31\`, flags are
是/否 or true/false, choices take the code or its Chinese or English word. Numbers that are names (accounts, citizen numbers,
invoice numbers) are texts: format their columns as text in a spreadsheet, or digits are lost.

- **person-id** GB 11643, 18 characters with check digit (15-digit numbers are upgraded) · **credit-code** GB 32100 ·
  **tax-number** a credit code or the 15-digit number of older registrations ·
  **taxpayer-number** a tax number, or the citizen number of a person (also with the two digits of a small trader) · **region** GB/T 2260, 2 to 12 digits ·
  **party-code** the number of a person or an organisation, in capitals, 15-digit citizen numbers upgraded, not checked further ·
  **invoice-number** 8 or 20 digits · **tax-class** 19 digits or a prefix · **bank-account** digits.
- A **register** carries \`valid_from\` and \`valid_to\` (both inclusive): rules join it as of the day of the record they judge.
- **configuration** is maintained by the product; \`evaluate\` takes the shipped content unless a csv replaces it.
`
const content = `${[head, ...datasets.map(section)].join('\n\n')}\n`
if (!process.argv.includes('--check')) writeFileSync(target, content)
else if (!existsSync(target) || readFileSync(target, 'utf8') !== content) {
  console.error('docs/datasets.md is not what the descriptions say: run `node scripts/datasets-doc.ts`')
  process.exitCode = 1
}
