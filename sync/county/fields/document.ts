// Writes the tables of `docs/fields.md` from the fields themselves: node sync/county/fields/document.ts > docs/fields.md
import { pathToFileURL } from 'node:url'
import type { TableName } from '../tables.ts'
import type { FieldSpec, FieldType } from './field.ts'
import { fieldsOf, TABLE_NAMES, TABLES } from './tables.ts'

const INTRODUCTION = `# Import tables and fields

Written by \`node sync/county/fields/document.ts\` from the code; a test compares the two.

\`county import <table> <file>\` takes workbooks (\`.xlsx\`; \`.xlsm\` without its macros), CSV and JSON lines (\`.csv\`,
\`.jsonl\`, each also \`.gz\`), and for policies \`.docx\` and \`.txt\`, with the canonical English names or the Chinese
headings below. Any other heading needs \`--map heading=field\`, or \`--map heading=\` to leave it out; nothing is guessed.
With \`--from SENDER\` such a mapping is remembered and used, and named, with that sender's next file. A file for which
there is a \`--map\` may have more headings: they are left out, and named in a warning and in the report. A column without a
heading must be empty. A field that must be there needs its heading or a \`--set\`. \`--set field=value\` gives every row a
value. CSV may be UTF-8 (with or without BOM), UTF-16 with BOM or GB18030; blank lines are skipped; rows are counted as a
spreadsheet shows them, headings included.

Headings are looked for among the first 30 lines: the line, or up to three lines of headings over each other, in which most
columns are known (\`--header ROW\` names it). Of two levels the heading is 补贴/金额: matched as 补贴金额, else as 金额.
A line above that says 单位：万元 holds for every money column whose heading says nothing else; 千元 and the like refuse
the file. Lines of 合计, 小计, signatures, notes and headings once more are skipped, named in the report, and the totals kept
beside the sums of the rows above them; a line that could be taken as a row is always a row. Of cells merged over rows the
text is said of each row; a merged figure refuses them all. Of a formula the value in the file counts; one without a value,
a spreadsheet's error, or a number format that shows another figure than the cell holds (0.00"万元") refuses its row.
Hidden sheets, hidden rows, macros and links are named. Limits (sizes, packed and unpacked): \`sync/county/import/limits.ts\`.

A row ends as accepted, refused or duplicate. A duplicate is a row whose mapped cells all equal an earlier one's of the
same file. Refused rows go into a CSV with row number and reason, and into a workbook with the bad cells in colour, which
can be mended and sent in again: its 原行号 leads back to the first file. \`--take whole\` takes nothing where a row is
refused, \`part\` (the default) the good rows, \`none\` only looks. A file that can't be read as a whole (broken gzip, NUL
bytes, an unclosed quote, a row of more than a million characters, unknown headings, none for a field that must be there) changes
nothing. An import that is broken off leaves nothing; \`imports\` lists it, and \`import --resume\` begins it again. Signs of no
width, which come along from web pages and chats, are left out of texts, figures and days. What messages and lists repeat of
a cell has no ID or card number in it, only its first four digits; the file of refused rows, which stays in the office, has it whole.

| type | read | kept |
|---|---|---|
| money | 元 with at most two decimals: 1234.5, 1,234.50, ￥1234.50, １２３４, 1.2万元, (35.00) and -35 as reversals; a heading with 万元 counts in 万元; 4.31225E+17 is refused, and so is 100,000,000,000 元 or more | fen |
| quantity | at most three decimals: 4.2, 4.2亩 | thousandths |
| integer | digits | whole number |
| day | 2024-08-24, 20240824, 2024.8.24, 2024/8/24, 2024年8月24日, 24/08/2024 (day first), 24-Aug-2024, ISO date-times (the day in Beijing where they name a zone); 8月24日 only with \`--set year=2024\`; a workbook's bare day number (45528) by that workbook's calendar | YYYY-MM-DD |
| month | 2024-08, 202408, 2024.8, 2024年8月 | YYYY-MM |
| flag | 是, 否, true, false, 1, 0 | true or false |
| choice | the words named | the word |
| list | parts divided by 、 or ; or a JSON list | JSON list |
| json | JSON list or object | JSON |
| text | as it stands, without spaces at its ends; at most 2,000 characters, a whole text 500,000 | text |
| ID number | 18 or 15 digits, the last may be X; or letters and digits of other papers; 4.31225E+17 and 4312***1230 are refused | without spaces, in capitals |

Columns: **must** – a row without it is refused; **?** – unknown is kept as unknown; **office** – never leaves the office.
ID numbers, bank accounts and phone numbers in any other text field refuse the row (P5). \`village\` takes the 12-digit code,
or a name that is the only one in the county, or in the township that a column \`township\` (乡镇) names. \`fund\` takes a
code or an exact name. 开户行 and 账户名 are known headings that the office doesn't keep. Negative payments are reversals
(冲销), and a reversal is negative. Payments and entries dated after the next year are refused. Allocations go \`from\` and
\`to\` codes (43 the province, 431225 the county) or exact names of the county's places and of the catalogue's departments.
Money in JSON lines is in 元 too.
`

/** The whole of docs/fields.md. */
export function fieldsDocument(): string {
  return [INTRODUCTION, ...TABLE_NAMES.map(tableSection)].join('\n')
}

function tableSection(table: TableName): string {
  const { zh, key } = TABLES[table]
  const lines = fieldsOf(table).map(
    ([name, field]) =>
      `| \`${name}\` | ${field.zh.join(', ')} | ${typeText(field)} | ${noteText(field)} | ${escapeBars(field.example)} |`,
  )
  const rule = key === null ? 'Each row counts.' : `A row with the same ${key.join(' and ')} replaces the earlier one.`
  return [
    `## ${table} (${zh})`,
    '',
    rule,
    '',
    '| field | Chinese headings | type | | example |',
    '|---|---|---|---|---|',
    ...lines,
    '',
  ].join('\n')
}

function typeText(field: FieldSpec): string {
  const names: Readonly<Record<FieldType, string>> = {
    text: 'text',
    id: 'ID number',
    money: 'money',
    quantity: 'quantity',
    integer: 'integer',
    day: 'day',
    month: 'month',
    flag: 'flag',
    choice: 'choice',
    list: 'list',
    json: 'json',
  }
  return field.choices === undefined ? names[field.type] : `${names[field.type]}: ${field.choices.join(', ')}`
}

function noteText(field: FieldSpec): string {
  return [field.required ? 'must' : '', field.nullable ? '?' : '', field.office ? 'office' : '']
    .filter((word) => word !== '')
    .join(', ')
}

function escapeBars(text: string): string {
  return text.replaceAll('|', '\\|')
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.stdout.write(fieldsDocument())
