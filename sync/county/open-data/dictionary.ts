// What tells the open data's readers what they have: `dictionary.csv` for people, `datapackage.json` for programs
// (Data Package 2.0 with Table Schema, datapackage.org), `README.txt` with the checksums.

import type { ReleaseRecord } from '../../contract/release.ts'
import { COUNTY } from '../../contract/tree.ts'
import { BOM, csvLine } from '../csv.ts'
import type { CellType, OpenColumn, OpenTable } from './column.ts'
import type { WrittenFile } from './table-file.ts'

interface TypeFacts {
  /** Table Schema's type. */
  schema: string
  chinese: string
  english: string
}
const TYPES: Readonly<Record<CellType, TypeFacts>> = {
  text: { schema: 'string', chinese: '文字', english: 'text' },
  word: { schema: 'string', chinese: '固定用词', english: 'one of the words listed' },
  list: { schema: 'string', chinese: '多项，以、分开', english: 'several, divided by 、' },
  money: { schema: 'number', chinese: '元，两位小数', english: 'yuan, two decimals' },
  number: { schema: 'integer', chinese: '整数', english: 'whole number' },
  quantity: { schema: 'number', chinese: '数，至多三位小数', english: 'number, at most three decimals' },
  decimal: { schema: 'number', chinese: '数', english: 'number' },
  day: { schema: 'date', chinese: '日期 年-月-日', english: 'date YYYY-MM-DD' },
  month: { schema: 'yearmonth', chinese: '月份 年-月', english: 'month YYYY-MM' },
  flag: { schema: 'boolean', chinese: '是否', english: 'true or false' },
  path: { schema: 'string', chinese: '相对地址', english: 'relative address' },
}

export function fileOf({ name, packed }: Pick<OpenTable, 'name' | 'packed'>): string {
  return `${name}.csv${packed ? '.gz' : ''}`
}

/** One line a column: file, name, titles, type, words, and what it refers to. */
export function dictionary(tables: readonly OpenTable[]): string {
  const head = ['file', 'column', '名称', 'English', '类型', 'type', '用词 words', '指向 refers to']
  const lines = tables.flatMap((table) =>
    table.columns.map(({ name, title, english, type, words, refersTo }) => {
      const { chinese, english: form } = TYPES[type]
      const shown = Object.entries(words ?? {}).map(([word, [zh, en]]) => `${word}=${zh} ${en}`)
      return [fileOf(table), name, title, english, chinese, form, shown.join('；'), refersTo ?? '']
    }),
  )
  return BOM + [head, ...lines].map(csvLine).join('')
}

/** Descriptor of the package. It names no licence: that is for the publishing organ to say. */
export function dataPackage(
  { number, signedAt, dataUntil, sample, reviewed }: ReleaseRecord,
  tables: readonly OpenTable[],
  files: readonly WrittenFile[],
): string {
  const written = new Map(files.map((file) => [file.name, file]))
  const descriptor = {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: `sunhall-${COUNTY}-${number}`,
    title: `公开数据，第 ${number} 期${sample ? '（示例数据）' : ''}`,
    description: `Public rows of release ${number}, data until ${dataUntil}${sample ? ', sample data' : ''}${reviewed ? '' : ', not reviewed'}`,
    version: String(number),
    created: signedAt,
    resources: tables.map((table) => resource(table, written.get(fileOf(table)))),
  }
  return `${JSON.stringify(descriptor, null, 1)}\n`
}

function resource(table: OpenTable, file: WrittenFile | undefined): object {
  const foreignKeys = table.columns.flatMap(({ name, refersTo }) => {
    const [resourceName = '', field = ''] = refersTo?.split('.') ?? []
    return refersTo === null ? [] : [{ fields: [name], reference: { resource: resourceName, fields: [field] } }]
  })
  return {
    name: table.name,
    title: table.title,
    description: table.english,
    type: 'table',
    path: fileOf(table),
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    // A pattern of the standard's, read by frictionless: the bytes and the hash are the gzipped file's.
    ...(table.packed ? { compression: 'gz' } : {}),
    bytes: file?.bytes ?? 0,
    hash: `sha256:${file?.sha256 ?? ''}`,
    schema: {
      fields: table.columns.map(fieldOf),
      missingValues: [''],
      ...(table.key.length > 0 ? { primaryKey: table.key } : {}),
      ...(foreignKeys.length > 0 ? { foreignKeys } : {}),
    },
  }
}

function fieldOf({ name, type, title, english, words }: OpenColumn): object {
  const { schema, english: form } = TYPES[type]
  const listed = Object.entries(words ?? {})
  return {
    name,
    title,
    description: `${english} (${form})`,
    type: schema,
    ...(type === 'flag' ? { trueValues: ['true'], falseValues: ['false'] } : {}),
    ...(type === 'word'
      ? {
          constraints: { enum: listed.map(([word]) => word) },
          categories: listed.map(([value, [zh, en]]) => ({ value, label: `${zh} ${en}` })),
        }
      : {}),
  }
}

/** For whoever opens the folder. */
export function readme({ number, signedAt, dataUntil, sample }: ReleaseRecord, files: readonly WrittenFile[]): string {
  const lines = [
    `公开数据，第 ${number} 期，签发 ${signedAt}，数据截至 ${dataUntil}${sample ? '（示例数据）' : ''}。`,
    '各列的含义见 dictionary.csv；程序可读 datapackage.json（datapackage.org）。.gz 用解压软件打开。',
    "以 = + - @ 开头的文字前面加了 '，免得表格软件当作公式。使用许可由公布本数据的机关确定；引用请注明来源与期号。",
    '',
    `Open data of release ${number}: dictionary.csv and datapackage.json say what each column is. Texts that begin with`,
    "= + - @ have a ' before them, so that no spreadsheet calculates them. Below: SHA-256 of each file.",
    '',
    ...files.map(({ sha256, name }) => `${sha256}  ${name}`),
  ]
  return `${BOM}${lines.join('\r\n')}\r\n`
}
