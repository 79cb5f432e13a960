// Opens a policy as one record of the table policies: title, 文号 and text of a DOCX or TXT; the clauses are cut from the text
// when it is written (`policies/clauses.ts`). What the file doesn't say comes by --set.
import { CFB } from '@e965/xlsx'
import { type Reason, reasonOf } from '../../contract/console/reasons.ts'
import { splitClauses } from '../policies/clauses.ts'
import { openArchive } from './archive.ts'
import { fileError } from './file-error.ts'
import { IMPORT_LIMITS } from './limits.ts'
import type { RecordFile } from './records.ts'
import { type Encoding, textOf } from './text-file.ts'

export interface PolicyFile extends RecordFile {
  warnings: Reason[]
}

const HEADINGS = ['title', 'number', 'text'] as const
const DOCUMENT_NUMBER = /^[\u4e00-\u9fff]{1,20}[〔［[（(【]\s*\d{4}\s*[〕］\])）】](?:\S{0,6}?第)?\S{0,4}?\d+\s*号$/
const TITLE_END =
  /(?:办法|规定|细则|通知|方案|意见|条例|决定|公告|通告|通报|制度|规则|规范|规程|标准|指南|解读|章程|批复|函|法)(?:[(（][^()（）]{1,12}[)）])?$/
const BODY = /^(?:第[零〇一二三四五六七八九十百千\d]+[条章编节]|[一二三四五六七八九十]+、)/
const MAX_TITLE = 100
/** Lines before which title and 文号 must have come. */
const HEAD_LINES = 20

/** `set` names the fields that the administrator gives. Errors: E-INPUT for an unreadable file or one whose title isn't clear. */
export async function openPolicy(
  path: string,
  encoding: Encoding | 'docx',
  set: ReadonlySet<string>,
): Promise<PolicyFile> {
  const { text, numbered } =
    encoding === 'docx' ? await wordText(path) : { text: await plainText(path, encoding), numbered: false }
  const { title, number, body } = headOf(text)
  if (title === '' && !set.has('title')) throw fileError('policy-title', { path })
  const given = { title, number, text: body }
  const headings = HEADINGS.filter((field) => !set.has(field) && given[field] !== '')
  const cells = headings.map((field) => given[field])
  async function* records(): RecordFile['records'] {
    yield { row: 1, cells, fault: null, shown: cells }
  }
  return { headings, refusedHeadings: headings, records: records(), found: null, warnings: warningsOf(body, numbered) }
}

function warningsOf(body: string, numbered: boolean): Reason[] {
  const clauses = splitClauses(body).filter(({ label }) => label !== '')
  const [first] = clauses
  const warnings: Reason[] = [
    clauses.length === 0
      ? reasonOf('clauses-none')
      : reasonOf('clauses', { count: clauses.length, first: first?.label ?? '', last: clauses.at(-1)?.label ?? '' }),
  ]
  if (numbered) warnings.push(reasonOf('numbered-by-word'))
  return warnings
}

interface Head {
  title: string
  number: string
  body: string
}

/** Title, 文号 and the text after them; '' for what isn't there. */
function headOf(text: string): Head {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/[\s\u3000]+/g, ' ').trim())
  const start = lines.findIndex((line) => BODY.test(line))
  const head = lines.slice(0, Math.min(start < 0 ? HEAD_LINES : start, HEAD_LINES))
  const numberAt = head.findIndex((line) => DOCUMENT_NUMBER.test(line.replaceAll(' ', '')))
  const end = head.findIndex((line) => TITLE_END.test(line) && line.length <= MAX_TITLE && !/[。；]/.test(line))
  if (end < 0)
    return {
      title: '',
      number: at(head, numberAt),
      body: lines
        .slice(Math.max(numberAt + 1, 0))
        .join('\n')
        .trim(),
    }
  // A title of two lines: the one above belongs to it unless it is the letterhead, a number, or a whole sentence.
  const above = head[end - 1] ?? ''
  const joined =
    above !== '' && end - 1 !== numberAt && !/(?:文件|[。：:；])$|^索引号/.test(above) && !TITLE_END.test(above)
  const title = (joined ? above + (head[end] ?? '') : (head[end] ?? '')).replaceAll(' ', '')
  return {
    title,
    number: at(head, numberAt),
    body: lines
      .slice(Math.max(end, numberAt) + 1)
      .join('\n')
      .trim(),
  }
}

function at(lines: readonly string[], index: number): string {
  return (lines[index] ?? '').replaceAll(' ', '')
}

async function plainText(path: string, encoding: Encoding): Promise<string> {
  let text = ''
  for await (const chunk of textOf(path, encoding)) {
    text += chunk
    if (text.length > IMPORT_LIMITS.policyBytes)
      throw fileError('policy-large', { most: IMPORT_LIMITS.policyBytes / 1024 ** 2, path })
  }
  return text
}

const WORD_PARTS = /^(?:\[Content_Types\]\.xml|_rels\/\.rels|word\/[^/]+\.xml|word\/_rels\/document\.xml\.rels)$/i

/** Text of a DOCX, paragraph by paragraph. Only its counted text parts go to the parser: no macros, pictures or links. */
async function wordText(path: string): Promise<{ text: string; numbered: boolean }> {
  const { parts } = await openArchive(path, (name) => WORD_PARTS.test(name))
  const document = parts.get('word/document.xml')
  if (document === undefined) throw fileError('not-a-document', { path })
  const container = CFB.utils.cfb_new()
  for (const [name, bytes] of parts) CFB.utils.cfb_add(container, `/${name}`, bytes)
  const bytes: unknown = CFB.write(container, { fileType: 'zip', type: 'buffer' })
  if (!Buffer.isBuffer(bytes)) throw new TypeError('Expected a buffer from the zip writer')
  const { default: mammoth } = await import('mammoth')
  const { value } = await mammoth.extractRawText({ buffer: bytes })
  return { text: value.replaceAll('\n\n', '\n'), numbered: document.includes('<w:numPr>') }
}
