// The county office as an administrator uses it: whole processes, real files, real SQLite, the terminal's own verifier.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const PROJECT = join(import.meta.dirname, '..', '..')
const SHARED = join(PROJECT, '..', 'shared', 'data')
const LAWS = join(SHARED, 'laws.jsonl.gz')
const UK = join(SHARED, 'uk_payments_sample.csv.gz')
const VILLAGE = '431225100201'
const MINUTES = 60_000

interface Run {
  code: number | null
  json: Record<string, unknown>
  output: string
  problems: string
}

function start(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [join(PROJECT, 'sync', 'county', 'cli.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function county(...args: string[]): Promise<Run> {
  const child = start([...args, '--json'])
  let output = ''
  let problems = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    problems += chunk.toString()
  })
  const code = await new Promise<number | null>((done) => child.on('close', done))
  const last = output.trim().split('\n').at(-1) ?? ''
  return { code, json: last.startsWith('{') ? JSON.parse(last) : {}, output, problems }
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-county-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the command line', () => {
  it(
    'explains itself and every verb with an example, and names what it expected',
    async () => {
      const help = await county('help')
      expect(help.code).toBe(0)
      for (const verb of help.json.verbs as string[]) {
        const own = await county(verb, '--help')
        expect([own.code, own.output], verb).toEqual([0, expect.stringContaining(`Example: county ${verb}`)])
      }
      const wrong = await county('publsh')
      expect(wrong).toMatchObject({
        code: 1,
        json: { ok: false, code: 'E-INPUT', message: expect.stringContaining('publish') },
      })
      const option = await county('publish', '--fast')
      expect(option).toMatchObject({ code: 1, json: { ok: false, message: expect.stringContaining('--by') } })
    },
    3 * MINUTES,
  )
})

describe('from sample data to a verified release, and on', () => {
  const data = (): string => join(folder, 'office')

  it(
    'fills an empty office and publishes with sample keys, warning that nobody has looked',
    async () => {
      const sample = await county('sample', '--scale', '0.01', '--today', '2026-11-20', '--data', data())
      expect(sample.code, sample.problems).toBe(0)
      expect(sample.json).toMatchObject({ ok: true, rows: { places: 262, funds: 196 } })
      const again = await county('sample', '--data', data())
      expect(again).toMatchObject({ code: 1, json: { code: 'E-STATE' } })
      const publish = await county('publish', '--data', data())
      expect(publish.code, publish.problems).toBe(0)
      expect(publish.json).toMatchObject({ ok: true, release: 1, sample: true, sampleKeys: true, reviewed: false })
      expect(publish.problems).toMatch(/no second person/)
      expect(publish.problems).toMatch(/sample keys were made/)
      for (const file of readdirSync(join(data(), 'keys')))
        expect(statSync(join(data(), 'keys', file)).mode & 0o077, file).toBe(0)
    },
    6 * MINUTES,
  )

  it(
    'passes the terminal’s own verifier, in the office and on a stick; a changed byte doesn’t',
    async () => {
      expect(await county('verify', '--data', data())).toMatchObject({ code: 0, json: { ok: true, release: 1 } })
      const stick = join(folder, 'stick')
      expect(await county('release', '--out', stick, '--data', data())).toMatchObject({ code: 0, json: { release: 1 } })
      const verdict = await county('verify', stick, '--root', join(stick, 'root.json'), '--data', data())
      expect(verdict).toMatchObject({ code: 0, json: { ok: true, release: 1 } })
      const root = String(verdict.json.root)
      const pack = join(stick, 'packs', root, '431225.gz')
      const bytes = readFileSync(pack)
      bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1
      writeFileSync(pack, bytes)
      expect(await county('verify', stick, '--data', data())).toMatchObject({ code: 1, json: { ok: false } })
    },
    6 * MINUTES,
  )

  it(
    'keeps published people’s numbers when more is imported, and undoes only what is unpublished',
    async () => {
      const numbers = (): unknown[] =>
        rowsOf(data(), 'SELECT village, id, number FROM roster WHERE publishedName IS NOT NULL ORDER BY village, id')
      const before = numbers()
      expect(before.length).toBeGreaterThan(1000)
      const file = join(folder, 'more.csv')
      writeFileSync(file, `fund,village,payee,amount,date\nF001,${VILLAGE},新示例,100,2026-11-01\n`)
      const taken = await county('import', 'payments', file, '--data', data())
      expect(taken.json).toMatchObject({ accepted: 1, refused: 0, duplicates: 0 })
      expect(await county('publish', '--data', data())).toMatchObject({ code: 0, json: { release: 2 } })
      const after = numbers()
      expect(after).toHaveLength(before.length + 1)
      expect(after).toEqual(expect.arrayContaining(before))
      const undo = await county('undo', String(taken.json.import), '--data', data())
      expect(undo).toMatchObject({ code: 1, json: { code: 'E-STATE' } })
      const releases = await county('releases', '--data', data())
      expect((releases.json.releases as { number: number }[]).map(({ number }) => number)).toEqual([1, 2])
      expect(await county('verify', '--data', data())).toMatchObject({ code: 0, json: { release: 2 } })
    },
    6 * MINUTES,
  )

  it(
    'P5: refuses a release with a leak in it, naming the row, and leaves the old one published',
    async () => {
      withDatabase(data(), (database) =>
        database.exec("UPDATE notices SET body = '联系人身份证431225197003041230' WHERE entry = 1"),
      )
      const publish = await county('publish', '--data', data())
      expect(publish).toMatchObject({
        code: 1,
        json: {
          ok: false,
          code: 'E-DISCLOSURE',
          failures: [{ rule: 'id-number', where: expect.stringMatching(/^notices/) }],
        },
      })
      expect(publish.output).not.toContain('431225197003041230')
      expect((await county('status', '--data', data())).json).toMatchObject({ release: { number: 2 } })
    },
    4 * MINUTES,
  )

  it(
    'serves the release on a port of its own choosing, and says which port is taken',
    async () => {
      const child = start(['serve', '--port', '0', '--data', data(), '--json'])
      try {
        const { url, port } = await firstLine(child)
        const status = await (await fetch(`${url}status`)).json()
        expect(status).toMatchObject({ ok: true, release: 2 })
        const timestamp = await fetch(`${url}metadata/timestamp.json`)
        expect(timestamp.headers.get('cache-control')).toBe('no-cache')
        const taken = await county('serve', '--port', String(port), '--data', join(folder, 'other'))
        expect(taken).toMatchObject({
          code: 1,
          json: { code: 'E-PORT', message: expect.stringContaining(String(port)) },
        })
      } finally {
        child.kill('SIGTERM')
      }
      expect(await new Promise((done) => child.on('close', done))).toBe(0)
    },
    4 * MINUTES,
  )
})

describe('an import that is killed', () => {
  it(
    'leaves nothing half done, and the office works on',
    async () => {
      const data = join(folder, 'killed')
      const file = join(folder, 'large.csv')
      const rows = Array.from({ length: 200_000 }, (_, at) => `F001,${VILLAGE},示例${at % 900},${at}.50,2026-03-01`)
      writeFileSync(file, `fund,village,payee,amount,date\n${rows.join('\n')}\n`)
      expect((await county('status', '--data', data)).code).toBe(0)
      const child = start(['import', 'payments', file, '--data', data])
      // Killed as soon as the write-ahead log shows that rows are being written.
      const log = join(data, 'office.sqlite-wal')
      const written = (): number => (existsSync(log) ? statSync(log).size : 0)
      await expect.poll(written, { timeout: 2 * MINUTES, interval: 25 }).toBeGreaterThanOrEqual(1_000_000)
      child.kill('SIGKILL')
      await new Promise((done) => child.on('close', done))
      const status = await county('status', '--data', data)
      expect(status.json).toMatchObject({ ok: true, rows: { payments: 0 }, waiting: 0 })
      expect((await county('import', 'payments', file, '--data', data)).json).toMatchObject({
        accepted: 200_000,
        refused: 0,
      })
    },
    6 * MINUTES,
  )
})

describe.skipIf(!existsSync(LAWS))(
  'the law library (skipped loudly where ../shared/data/laws.jsonl.gz is missing)',
  () => {
    const data = (): string => join(folder, 'laws')

    it(
      'goes whole into an empty office as policies: clauses split, versions linked, unknown dates unknown',
      async () => {
        const run = await county('import', 'policies', LAWS, '--data', data())
        expect(run.code, run.problems).toBe(0)
        const { accepted, refused, duplicates } = run.json
        expect(Number(accepted) + Number(refused) + Number(duplicates)).toBe(3475)
        expect(accepted).toBe(3475)
        expect(rowsOf(data(), 'SELECT count(*) AS n FROM policies WHERE inForce IS NULL')).toEqual([{ n: 1742 }])
        expect(
          rowsOf(data(), 'SELECT count(*) AS n FROM (SELECT work FROM policies GROUP BY work HAVING count(*) > 1)'),
        ).toEqual([{ n: expect.any(Number) }])
        expect(
          rowsOf(data(), 'SELECT validity, count(*) AS n FROM policies GROUP BY validity ORDER BY validity'),
        ).toEqual([
          { validity: 'in-force', n: 3147 },
          { validity: 'repealed', n: 104 },
          { validity: 'unknown', n: 224 },
        ])
        const clauses = rowsOf(data(), "SELECT count(*) AS n FROM clauses WHERE label LIKE '第%条%'")
        expect(Number((clauses[0] as { n: number }).n)).toBeGreaterThan(100_000)
      },
      4 * MINUTES,
    )

    it(
      'is published and verified whole',
      async () => {
        expect((await county('publish', '--data', data())).json).toMatchObject({ ok: true, release: 1, sample: false })
        expect(await county('verify', '--data', data())).toMatchObject({ code: 0, json: { ok: true } })
      },
      8 * MINUTES,
    )
  },
)

describe.skipIf(!existsSync(UK))(
  'dirty real payments (skipped loudly where ../shared/data/uk_payments_sample.csv.gz is missing)',
  () => {
    it(
      'end in accepted, refused with a reason, or duplicate: every row of 300,000 in one of them',
      async () => {
        const data = join(folder, 'uk')
        const maps = [
          'beneficiary=payee',
          'amount=amount',
          'payment_date=date',
          'unit=',
          'body=',
          'release_file=',
        ].flatMap((map) => ['--map', map])
        const refusedFile = join(folder, 'uk-refused.csv')
        const run = await county(
          'import',
          'payments',
          UK,
          ...maps,
          '--set',
          `village=${VILLAGE}`,
          '--set',
          'fund=F001',
          '--refused',
          refusedFile,
          '--data',
          data,
        )
        expect(run.code, run.problems).toBe(0)
        const { accepted, refused, duplicates } = run.json
        expect(Number(accepted) + Number(refused) + Number(duplicates)).toBe(300_000)
        expect(readFileSync(refusedFile, 'utf8').split('\r\n')).toHaveLength(Number(refused) + 2)
        expect(rowsOf(data, "SELECT count(*) AS n FROM payments WHERE amount < 0 AND status <> '冲销'")).toEqual([
          { n: 0 },
        ])
        expect(rowsOf(data, "SELECT count(*) > 4000 AS many FROM payments WHERE status = '冲销'")).toEqual([
          { many: 1 },
        ])
        expect(rowsOf(data, "SELECT count(*) > 1000 AS kept FROM payments WHERE payee LIKE '%REDACTED%'")).toEqual([
          { kept: 1 },
        ])
      },
      4 * MINUTES,
    )
  },
)

function withDatabase(data: string, work: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(join(data, 'office.sqlite'))
  try {
    work(database)
  } finally {
    database.close()
  }
}

function rowsOf(data: string, sql: string): unknown[] {
  let rows: unknown[] = []
  withDatabase(data, (database) => {
    rows = database
      .prepare(sql)
      .all()
      .map((row) => ({ ...row }))
  })
  return rows
}

async function firstLine(child: ChildProcess): Promise<{ url: string; port: number }> {
  let output = ''
  for await (const chunk of child.stdout ?? []) {
    output += String(chunk)
    const end = output.indexOf('\n')
    if (end >= 0) return JSON.parse(output.slice(0, end))
  }
  throw new Error(`Expected a line from serve, got "${output}"`)
}
