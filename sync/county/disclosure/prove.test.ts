import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  firstRow,
  HIDDEN_NAME,
  MASKED,
  MASKED_SPREAD,
  plant,
  plantedOffice,
  SECOND,
  TOTALS_ONLY,
  VILLAGE,
} from '../../../test/county/planted-office.ts'
import type { Rows } from '../../contract/rows.ts'
import { buildBlocks } from '../../publish/build.ts'
import type { BuiltBlock } from '../../publish/prove.ts'
import type { Office } from '../office.ts'
import { OfficeSource } from '../release/source.ts'
import { DisclosureError, type Failure } from './failure.ts'
import { proveBlocks } from './prove.ts'

const TODAY = '2026-11-24'
let folder = ''
let office: Office
let source: OfficeSource
let blocks: BuiltBlock[] = []

beforeAll(async () => {
  ;({ office, folder } = await plantedOffice())
  source = await OfficeSource.open(await office.books(), TODAY)
  blocks = await buildBlocks(source)
})
afterAll(async () => {
  await office.close()
  rmSync(folder, { recursive: true })
})

async function failuresOf(planted: readonly BuiltBlock[]): Promise<readonly Failure[]> {
  try {
    await proveBlocks(office, planted)
    return []
  } catch (error) {
    if (error instanceof DisclosureError) return error.failures
    throw error
  }
}
describe('P5: the proof refuses', () => {
  type Planted = [what: string, planted: () => BuiltBlock[], rule: Failure['rule'], where: RegExp]
  const cases: Planted[] = [
    [
      'an ID number in a batch',
      () => plant(blocks, 'payments', firstRow({ batch: '431225197003041230' }), VILLAGE),
      'id-number',
      /^payments 431225100201 2026-03 row 1/,
    ],
    [
      'one in full-width digits in a name',
      () => plant(blocks, 'people', firstRow({ name: '杨４３１２２５１９７００３０４１２３０' }), VILLAGE),
      'id-number',
      /^people 431225100201 row \d+ \(/,
    ],
    [
      'one in a sentence of a voucher',
      () => plant(blocks, 'entries', firstRow({ summary: '付杨某（身份证43122519700304123X）误工费' })),
      'id-number',
      /^entries 431225100201 2026 row 1 \(记-1\)/,
    ],
    [
      'one with spaces in a notice',
      () => plant(blocks, 'notices', firstRow({ body: '请 431225 19700304 1230 来领取' })),
      'id-number',
      /^notices 431225 row 1 \(GG-1\)/,
    ],
    [
      'one in a clause',
      () => plant(blocks, 'clauses', firstRow({ text: '身份证431225700304123者' })),
      'id-number',
      /^clauses/,
    ],
    [
      'a bank account in a contract',
      () => plant(blocks, 'contracts', firstRow({ subject: '收款6217 0012 3456 7890 123' })),
      'bank-account',
      /^contracts .*HT-1/,
    ],
    [
      'a mobile number in a project',
      () => plant(blocks, 'projects', firstRow({ content: '联系13812345678' })),
      'phone',
      /^projects .*XM-1/,
    ],
    [
      'a mobile number deep in a goal',
      () =>
        plant(
          blocks,
          'projects',
          firstRow({ goals: [{ kind: 'quantity', name: '里程', target: '打13812345678', result: '', met: null }] }),
        ),
      'phone',
      /^projects/,
    ],
    [
      'a landline outside its field',
      () => plant(blocks, 'documents', firstRow({ how: '打电话0745-8822123' })),
      'phone',
      /^documents .*ZC-1/,
    ],
    [
      'an office phone that nobody approved',
      () => plant(blocks, 'catalogue', firstRow({ contactPhone: '0745-5559999' })),
      'unapproved-phone',
      /^catalogue/,
    ],
    [
      'a person’s number typed as an office’s',
      () => plant(blocks, 'projects', firstRow({ officePhone: '13812345678' })),
      'unapproved-phone',
      /^projects/,
    ],
    [
      'an address in a name',
      () => plant(blocks, 'contracts', firstRow({ lessee: '杨某，人民路12号' })),
      'address',
      /^contracts/,
    ],
    [
      'a masked payee named in a project',
      () => plant(blocks, 'projects', firstRow({ beneficiaries: `惠及${HIDDEN_NAME}等` })),
      'masked-name-in-text',
      /^projects/,
    ],
    [
      'a masked payee named in a voucher, with spaces between',
      () => plant(blocks, 'entries', firstRow({ summary: '慰问粟 明　一' })),
      'masked-name-in-text',
      /^entries/,
    ],
    [
      'a masked payee named in a batch',
      () => plant(blocks, 'payments', firstRow({ batch: `${HIDDEN_NAME}补发` }), VILLAGE),
      'masked-name-in-text',
      /^payments/,
    ],
    [
      'a masked payee named in a voucher',
      () => plant(blocks, 'entries', firstRow({ summary: '慰问粟明一' })),
      'masked-name-in-text',
      /^entries/,
    ],
    [
      'a masked payee named in a clause',
      () => plant(blocks, 'clauses', firstRow({ text: `${HIDDEN_NAME}可以申请` })),
      'masked-name-in-text',
      /^clauses/,
    ],
    [
      'a masked payee named in a file’s name',
      () => plant(blocks, 'origins', firstRow({ file: `${HIDDEN_NAME}.xlsx` })),
      'masked-name-in-text',
      /^origins/,
    ],
    [
      'a masked row with a rare surname',
      () => plant(blocks, 'masked', firstRow({ surname: '石' }), VILLAGE),
      'masked-row-identifiable',
      /^masked 431225100201/,
    ],
    [
      'a masked row in a village with too few payees',
      () => [
        ...blocks,
        moved('masked', SECOND, [
          { fund: MASKED_SPREAD, month: '2026-03', surname: '龙', amount: 10000, status: '已发' },
        ]),
      ],
      'masked-row-identifiable',
      /^masked 431225100001 FM2 2026/,
    ],
    [
      'an open payment of a masked fund',
      () => plant(blocks, 'payments', firstRow({ fund: MASKED }), VILLAGE),
      'masked-fund-in-the-open',
      /^payments 431225100201/,
    ],
    [
      'an open payment of a tier A fund',
      () => plant(blocks, 'payments', firstRow({ fund: TOTALS_ONLY }), VILLAGE),
      'tier-a-row',
      /^payments 431225100201/,
    ],
    [
      'an open fund among the masked rows',
      () => plant(blocks, 'masked', firstRow({ fund: 'F001' }), VILLAGE),
      'masked-fund-in-the-open',
      /^masked/,
    ],
    [
      'a registry number for a masked payee',
      () =>
        plant(
          blocks,
          'people',
          (rows) => [
            ...rows,
            { number: 99, name: HIDDEN_NAME, group: '', kind: '户', household: 99, relation: '', blocks: '' },
          ],
          VILLAGE,
        ),
      'masked-person-named',
      /^people 431225100201/,
    ],
    [
      'a masked payee in the index of names',
      () => plant(blocks, 'name-index', (rows) => [...rows, { name: HIDDEN_NAME, villages: [VILLAGE] }]),
      'masked-person-named',
      /^name-index/,
    ],
    [
      'a sum of a masked fund',
      () => plant(blocks, 'rollup', firstRow({ fund: MASKED })),
      'masked-fund-in-the-open',
      /^rollup/,
    ],
    [
      'a total of four payees',
      () => plant(blocks, 'masked-totals', firstRow({ payees: 4 })),
      'masked-total-identifiable',
      /^masked-totals/,
    ],
    [
      'a total that leaves two payees beside what is shown',
      () =>
        plant(blocks, 'masked-totals', (rows) =>
          rows.map((row) => (row.fund === MASKED_SPREAD ? { ...row, payees: 8 } : row)),
        ),
      'masked-total-identifiable',
      /^masked-totals/,
    ],
    [
      'money in a total that nobody counted explains',
      () =>
        plant(blocks, 'masked-totals', (rows) =>
          rows.map((row) => (row.fund === MASKED ? { ...row, amount: row.amount + 1 } : row)),
        ),
      'masked-total-identifiable',
      /^masked-totals/,
    ],
  ]

  it.each(cases)('%s, naming the row', async (_, planted, rule, where) => {
    const failures = await failuresOf(planted())
    expect(failures).toContainEqual({ rule, where: expect.stringMatching(where), what: expect.any(String) })
    for (const { what } of failures)
      expect(what, 'the refusal itself must not leak').not.toMatch(/\d{13}|138123|粟密一/)
  })

  it('says the rows in its message, with the code E-DISCLOSURE', async () => {
    const planted = plant(blocks, 'notices', firstRow({ body: '431225197003041230' }))
    await expect(proveBlocks(office, planted)).rejects.toThrow(
      expect.objectContaining({
        code: 'E-DISCLOSURE',
        message: expect.stringContaining('notices 431225 row 1 (GG-1)'),
      }),
    )
  })
})

function moved(kind: 'masked', village: string, rows: Rows['masked'][]): BuiltBlock {
  const [planted] = plant(
    blocks.filter((block) => block.leaf[0] === kind),
    kind,
    () => rows,
  )
  if (planted === undefined) throw new Error('Expected a masked block to copy, found none')
  return { ...planted, village }
}
