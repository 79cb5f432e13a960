// Golden hashes of what terminals, office and technicians hand each other beside releases, and of the office's databases.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { terminalConfig } from '../../kiosk-config/schema.ts'
import { answer, enrolment, heartbeat, upload } from '../../sync/contract/fleet.ts'
import { checkRequest, checkResult, hostState, shownRequest, terminalProfile } from '../../sync/contract/host-api.ts'
import { handOver, handOverAnswer, keyCustom, officeRefusal, openingKeys } from '../../sync/contract/inbox.ts'
import {
  ANSWER_KDF,
  ANSWER_VERSION,
  officeReceipt,
  privateAnswer,
  publicKey,
  recipients,
  reportMessage,
  sealedMessage,
} from '../../sync/contract/report.ts'
import { openOffice } from '../../sync/county/office.ts'
import { type Golden, requireGolden, schemaText } from './golden.ts'

const BOTH =
  'an office meets terminals of an earlier program and terminals an earlier office for months: only add what may be left out, and raise "format" where a schema has one'
const KEPT =
  'it lies in terminals’ journals and office’s stores sealed or signed for months: raise its "format", and go on reading the earlier one'
const BOOKS = 'raise SCHEMA_VERSION in sync/county/database/schema.ts and bring older books up, or refuse them by name'
const SERVICE =
  'add a step to sync/county/service/migrations.ts and a frozen database to test/unit/service-migrations.test.ts'

const schemas = (...all: z.ZodType[]): (() => string) => {
  return () => all.map(schemaText).join('\n')
}

const GOLDENS: readonly Golden[] = [
  {
    name: 'terminal config',
    bump: KEPT,
    sha256: '3e63d726df0351449949340458a82e6906961c0cb986a956e12ad16cf792375f',
    bytes: schemas(terminalConfig),
  },
  {
    name: 'enrolment, heartbeat, request and upload',
    bump: BOTH,
    sha256: 'cd25bbf5527f0ec5e8e020afd577482a557110c607412fc57590b0453242d957',
    bytes: schemas(enrolment, heartbeat, answer, upload),
  },
  {
    name: 'report and its sealed message',
    bump: KEPT,
    sha256: '24a74d57acc6f43d69540bbfabd66c2ab1c8fc00ef917ab398387b3b3f2d9e72',
    bytes: schemas(reportMessage, sealedMessage),
  },
  {
    name: 'handing over reports, receipt and refusal',
    bump: BOTH,
    sha256: 'df7db03bd600b66aca682da1bcf600181c64b9782d0da987b7ca7ca5a7ecb2fb',
    bytes: schemas(handOver, handOverAnswer, officeReceipt, officeRefusal),
  },
  {
    name: 'inspectors’ keys',
    bump: KEPT,
    sha256: 'a841a2bb83ca1ef6178d63e0f0584b553ad33cef0821c803c3cad0f7d2767e1d',
    bytes: schemas(publicKey, recipients, keyCustom, openingKeys),
  },
  {
    name: 'private answer',
    bump: 'raise ANSWER_VERSION in sync/contract/report.ts: answers sealed before open no more, so only with none of them out',
    sha256: 'f04ace2a0b47d103b9c43c034686b40e1043740c4b80d283bb01acb0abe6a191',
    bytes: () => `${schemaText(privateAnswer)}\n${JSON.stringify([ANSWER_KDF, ANSWER_VERSION])}`,
  },
  {
    name: 'host and page',
    bump: 'host and page come in one package: change both, and what the page remembers (renderer/app/machine-memory.ts) must still be read',
    sha256: '5b22e7451130dac53d405de97ad3a0f932e10c2118dcb36e6d30e14ad6202b1d',
    bytes: schemas(terminalProfile, hostState, checkRequest, checkResult, shownRequest),
  },
  {
    name: 'books',
    bump: BOOKS,
    sha256: '4a3209f41ba69e4c60d525c3e25dd73e11486213ea13ae2c75158ad51e862b12',
    bytes: () => tablesIn('office.sqlite'),
  },
  {
    name: 'service database',
    bump: SERVICE,
    sha256: '914381d466a12511c3c00f544905724f2649877c2671d0c8125625f9c551369a',
    bytes: () => tablesIn('service.sqlite'),
  },
]

let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-golden-'))
  const office = openOffice(folder, new Date('2026-11-25T00:00:00Z'))
  await office.books()
  await office.service()
  office.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

/** Every table, index and column of an office's database as SQLite keeps it. */
function tablesIn(file: string): string {
  const database = new DatabaseSync(join(folder, file), { readOnly: true })
  try {
    const rows = database.prepare("SELECT sql FROM sqlite_schema WHERE sql <> '' ORDER BY type, name").all()
    return rows.map(({ sql }) => String(sql).replace(/\s+/g, ' ')).join('\n')
  } finally {
    database.close()
  }
}

describe('a format beside the release', () => {
  it.each(GOLDENS)('$name has its golden hash', (golden) => requireGolden(golden))

  it('shows a change: a field more gives another hash', () => {
    expect(schemaText(shownRequest.extend({ more: z.string() }))).not.toBe(schemaText(shownRequest))
    expect(tablesIn('office.sqlite')).toContain('CREATE TABLE')
    expect(tablesIn('service.sqlite')).toContain('CREATE TABLE')
  })
})
