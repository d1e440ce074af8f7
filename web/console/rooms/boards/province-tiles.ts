/** A place on the tile grid: the whole province as a schema without any geometry, north above, one tile a division. */
export interface ProvinceTile {
  /** Path in the tree of organisations. */
  readonly path: string
  readonly zh: string
  readonly en: string
  readonly column: number
  readonly row: number
}

/** The province itself: its own units stand in the north-western corner. */
export const provincePath = '46'

const rows: readonly (readonly (readonly [string, string, string] | null)[])[] = [
  [
    [provincePath, '省本级', 'Province'],
    ['46.90.24', '临高', 'Lingao'],
    ['46.90.23', '澄迈', 'Chengmai'],
    ['46.01', '海口', 'Haikou'],
    ['46.90.05', '文昌', 'Wenchang'],
  ],
  [
    ['46.04', '儋州', 'Danzhou'],
    null,
    ['46.90.22', '屯昌', 'Tunchang'],
    ['46.90.21', '定安', "Ding'an"],
    ['46.90.02', '琼海', 'Qionghai'],
  ],
  [
    ['46.90.26', '昌江', 'Changjiang'],
    ['46.90.25', '白沙', 'Baisha'],
    ['46.90.30', '琼中', 'Qiongzhong'],
    null,
    ['46.90.06', '万宁', 'Wanning'],
  ],
  [
    ['46.90.07', '东方', 'Dongfang'],
    ['46.90.27', '乐东', 'Ledong'],
    ['46.90.01', '五指山', 'Wuzhishan'],
    ['46.90.29', '保亭', 'Baoting'],
    ['46.90.28', '陵水', 'Lingshui'],
  ],
  [null, null, ['46.02', '三亚', 'Sanya'], null, ['46.03', '三沙', 'Sansha']],
]

export const provinceTiles: readonly ProvinceTile[] = rows.flatMap((row, rowIndex) =>
  row.flatMap((tile, column) =>
    tile ? [{ path: tile[0], zh: tile[1], en: tile[2], column: column + 1, row: rowIndex + 1 }] : [],
  ),
)
