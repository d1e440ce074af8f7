import { longestText } from './column-sql.ts'
import type { Bilingual, Column, Dataset } from './dataset.ts'

/** One fault of a file: where it is, what stands there, why it cannot be taken. */
export interface RowFault {
  /** The file within the upload, where it holds several. */
  readonly file?: string
  /** Number of the record in the file, the header being 1; null where the whole file is meant. */
  readonly row: number | null
  /** Name of the dataset's column, or null where the whole row is meant. */
  readonly column: string | null
  /** The cell as the file has it, at most 200 characters. */
  readonly value: string | null
  /** A reason of `faultReasons`, with its detail after `=` where it has one: `duplicate=17`. */
  readonly reason: string
}

const reason = (zh: string, en: string): Bilingual => ({ zh, en })

/** Every reason for which a file, a row or a cell is refused. `{detail}` is filled in by `faultSentence`. */
export const faultReasons = {
  empty: reason('文件是空的', 'the file is empty'),
  binary: reason(
    '不是 csv 文本（可能是改了扩展名的 xlsx 或压缩包），请另存为 UTF-8 csv',
    'not csv text (perhaps a renamed xlsx or archive); save it as UTF-8 csv',
  ),
  encoding: reason('编码既不是 UTF-8 也不是 GB18030', 'encoded neither in UTF-8 nor in GB18030'),
  line_too_long: reason('一行超过 2 MB，不是表格', 'a line longer than 2 MB is no table'),
  extension: reason(
    '扩展名与内容不符：内容是 {detail}，请用原来的文件',
    'its name says something else than its content, which is {detail}; send the original file',
  ),
  old_spreadsheet: reason(
    '旧格式电子表格（xls、et 等），请另存为 xlsx 或 csv',
    'a spreadsheet of an old format (xls, et …); save it as xlsx or csv',
  ),
  password: reason(
    '文件有打开密码，请去掉密码后重新上传',
    'protected by a password; take it off and send it again',
  ),
  pdf: reason(
    '这是 PDF，不能作为数据读取；请用 xlsx、csv，数电票请用 XML 或 OFD',
    'a PDF cannot be read as data; send xlsx or csv, or the XML or OFD of an invoice',
  ),
  picture: reason('这是图片，不是数据文件', 'this is a picture, no table'),
  archive: reason(
    '这是压缩包，请解压后上传其中的文件',
    'this is an archive; unpack it and send the file in it',
  ),
  markup: reason(
    '这是网页或 XML 文本，不是该类数据的文件；请另存为 xlsx 或 csv',
    'this is a web page or XML, no file of this kind of data; save it as xlsx or csv',
  ),
  zip_damaged: reason(
    '文件已损坏或被截断，请重新导出或重新传输',
    'damaged or cut off; export or transfer it again',
  ),
  zip_bomb: reason(
    '解压后大得不合常理，为保护系统已拒绝',
    'unreasonably large when unpacked; refused to protect the system',
  ),
  zip_encrypted: reason('压缩内容已加密，请去掉密码', 'its contents are encrypted; take the password off'),
  xml_broken: reason('文件内容不完整或不合 XML 规范', 'its XML is incomplete or broken'),
  xml_entities: reason(
    '文件含文档类型定义（DTD），为保护系统已拒绝',
    'it declares a document type (DTD); refused to protect the system',
  ),
  xml_too_long: reason('一处内容超过 2 MB，不是表格', 'a text longer than 2 MB is no table'),
  xlsx_too_large: reason('工作簿过大，请另存为 csv 后上传', 'the workbook is too large; save it as csv'),
  no_sheet: reason('没有可见的工作表', 'there is no visible sheet'),
  cell_error: reason(
    '公式出错（如 #N/A），请改为数值',
    'the formula failed (such as #N/A); put the value instead',
  ),
  header_unreadable: reason('表头无法读取', 'the header cannot be read'),
  header_unknown: reason('数据集没有这一列', 'the dataset has no such column'),
  header_twice: reason('该列出现了两次', 'the column occurs twice'),
  header_missing: reason('缺少必填列', 'a required column is missing'),
  columns_missing: reason(
    '列数少于表头（文件可能被截断）',
    'fewer cells than the header has (perhaps cut off)',
  ),
  columns_extra: reason('列数多于表头', 'more cells than the header has'),
  quotes: reason('引号未闭合（文件可能被截断）', 'a quotation mark is not closed (perhaps cut off)'),
  row_unreadable: reason('该行无法读取', 'the row cannot be read'),
  required: reason('必填，不能为空', 'required, must not be empty'),
  too_long: reason('超过 {detail} 个字', 'longer than {detail} characters'),
  date: reason('不是有效日期，应为 2026-01-31', 'no valid date, expected 2026-01-31'),
  date_range: reason('日期不在 1900 至 2999 年之间', 'the date is not between 1900 and 2999'),
  money: reason('不是金额，应为元，如 1234.50', 'no amount, expected yuan such as 1234.50'),
  quantity: reason('不是数量', 'no quantity'),
  integer: reason('不是整数', 'no whole number'),
  decimals: reason('小数位数过多', 'too many decimals'),
  too_large: reason('数值过大', 'the number is too large'),
  negative: reason('不能为负数', 'must not be negative'),
  flag: reason('应为是或否', 'expected yes or no'),
  choice: reason('应为：{detail}', 'expected one of: {detail}'),
  classified: reason(
    '涉密资金不得录入非涉密平台',
    'classified funds must not be entered on a platform for data that is not classified',
  ),
  lost_digits: reason(
    '长数字被电子表格改写、丢失了末位，请将该列设为文本格式后从原系统重新导出',
    'a spreadsheet cut the last digits of this long number; format the column as text and export it again from its source',
  ),
  person_id_length: reason('公民身份号码应为 18 位', 'a person ID has 18 characters'),
  person_id_date: reason('公民身份号码中的出生日期无效', 'the birthday in the person ID does not exist'),
  person_id_check: reason(
    '公民身份号码校验码不符（GB 11643）',
    'the check digit of the person ID is wrong (GB 11643)',
  ),
  demo_person: reason(
    '演示用号码（469999），正式环境不接受',
    'a demo number (469999), taken only by a demo installation',
  ),
  credit_code_length: reason(
    '统一社会信用代码应为 18 位数字或大写字母',
    'a credit code has 18 digits or capital letters',
  ),
  credit_code_check: reason(
    '统一社会信用代码校验码不符（GB 32100）',
    'the check character of the credit code is wrong (GB 32100)',
  ),
  region: reason('行政区划代码应为 2、4、6、9 或 12 位数字', 'a region code has 2, 4, 6, 9 or 12 digits'),
  tax_class: reason('税收分类编码应为最多 19 位数字', 'a tax class code has at most 19 digits'),
  invoice_number: reason('发票号码应为 8 位或 20 位数字', 'an invoice number has 8 or 20 digits'),
  bank_account: reason(
    '账号应为 5 至 40 位数字、字母或连字符',
    'an account has 5 to 40 digits, letters or hyphens',
  ),
  json_kind: reason(
    '值的类型不对：编号、日期、选项请用字符串，是否请用 true 或 false',
    'a value of the wrong kind: names, dates and choices are strings, yes or no is true or false',
  ),
  same_key: reason('与第 {detail} 条记录的主键重复', 'has the same key as record {detail}'),
  same_line: reason('行号在同一记录内重复', 'the record has another line of that number'),
  unit_outside: reason(
    '单位不在报送方的范围内',
    'the unit lies outside the part that the sender delivers for',
  ),
  duplicate: reason('与第 {detail} 行的主键重复', 'has the same key as row {detail}'),
  head_differs: reason('同一发票各行的票面信息不一致', 'the rows of this invoice contradict each other'),
  lines_sum: reason(
    '明细金额之和为 {detail}，与此不符',
    'the amounts of its lines add up to {detail} instead',
  ),
  lines_tax: reason('明细税额之和为 {detail}，与此不符', 'the taxes of its lines add up to {detail} instead'),
  total_sum: reason('金额与税额之和为 {detail}，与此不符', 'amount and tax add up to {detail} instead'),
  invoice_refused: reason(
    '同一发票的其他行有误，整张发票不予装入',
    'another row of this invoice is wrong, so the invoice is refused as a whole',
  ),
  digital_number: reason(
    '数电票号码应为 20 位数字，前两位为开票年份',
    'the number of a fully digital invoice has 20 digits, the first two being its year',
  ),
  numbers_differ: reason(
    '文件内两处发票号码不一致',
    'the two places of the file that give its number contradict each other',
  ),
  no_einvoice: reason(
    '不是数电票 XML（根元素应为 EInvoice）',
    'no XML of a fully digital invoice (its root is EInvoice)',
  ),
  ofd_without_data: reason(
    'OFD 内没有发票的结构化数据，请从税务数字账户下载 XML',
    'the OFD holds no structured data of an invoice; download its XML from the tax authority',
  ),
  not_an_invoice: reason('不是 XML 或 OFD 文件', 'neither XML nor OFD'),
  ofd_no_table: reason(
    '这是 OFD 版式文件，不是该类数据的文件',
    'this is an OFD document, no file of this kind of data',
  ),
  document_too_large: reason('单个文件超过 20 MB，不是发票', 'larger than 20 MB, no invoice'),
  before_valid_from: reason('失效日期早于生效日期', 'ends before it begins'),
} as const satisfies Readonly<Record<string, Bilingual>>

/** The sentence for a fault, in both languages. */
export function faultSentence(dataset: Dataset, fault: RowFault): Bilingual {
  const [code = '', given] = fault.reason.split('=')
  const texts = faultReasons[code as keyof typeof faultReasons]
  const column = fault.column === null ? undefined : dataset.columns[fault.column]
  const detail = (language: 'zh' | 'en') => given ?? detailOf(code, column, language)
  return {
    zh: texts.zh.replace('{detail}', detail('zh')),
    en: texts.en.replace('{detail}', detail('en')),
  }
}

function detailOf(code: string, column: Column | undefined, language: 'zh' | 'en'): string {
  if (code === 'too_long') return String(column?.max ?? longestText)
  if (code !== 'choice') return ''
  return Object.values(column?.choices ?? {})
    .map((word) => word[language])
    .join(language === 'zh' ? '、' : ', ')
}
