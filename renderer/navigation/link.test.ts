// Deep links: every place survives the way into a link and back; what isn't a place of ours is refused.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodePlace, encodePlace } from './link.ts'
import type { LinkedPlace } from './place.ts'

const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`))
const village = digits(12)
const fund = fc.stringMatching(/^F\d{3}$/)
const year = fc.integer({ min: 1949, max: 9999 })
const month = fc.stringMatching(/^\d{4}-\d{2}$/)
const words = fc.string({ minLength: 1, maxLength: 40 })
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of)
const head = fc.integer({ min: 0, max: 100_000 })
const tag = fc.record({ dimension: fc.stringMatching(/^[^:]{1,6}$/), value: fc.stringMatching(/^[^:]{1,6}$/) })

const place: fc.Arbitrary<LinkedPlace> = fc.oneof(
  fc.constant<LinkedPlace>({ screen: 'home' }),
  fc.constant<LinkedPlace>({ screen: 'notices' }),
  fc.constant<LinkedPlace>({ screen: 'answers' }),
  fc.record({
    screen: fc.constant('place' as const),
    tab: fc.constantFrom('townships' as const, 'letters' as const),
    township: orNull(digits(9)),
    letters: fc.stringMatching(/^[a-z]{0,8}$/),
    onward: orNull(fc.constantFrom('funds' as const, 'finance' as const)),
  }),
  fc.record({ screen: fc.constant('funds' as const), class: orNull(words), year }),
  fc.record({
    screen: fc.constant('fund' as const),
    fund,
    year,
    question: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, 5 as const),
  }),
  fc.record({
    screen: fc.constant('fund-spread' as const),
    fund,
    year,
    place: fc.oneof(digits(6), digits(9), village),
  }),
  fc.record({ screen: fc.constant('fund-payments' as const), fund, year, village, group: orNull(words) }),
  fc.record({ screen: fc.constant('project' as const), project: words }),
  fc.record({ screen: fc.constant('households' as const), village, group: orNull(words), surname: orNull(words) }),
  fc.record({ screen: fc.constant('household' as const), village, head, year: orNull(year), open: orNull(words) }),
  fc.record({ screen: fc.constant('source' as const), village, head, payment: words }),
  fc.record({ screen: fc.constant('masked-why' as const), fund: orNull(fund) }),
  fc.record({ screen: fc.constant('finance' as const), village, month: orNull(month) }),
  fc.record({ screen: fc.constant('finance-months' as const), village }),
  fc.record({
    screen: fc.constant('finance-class' as const),
    village,
    month,
    direction: fc.constantFrom('income' as const, 'expense' as const),
    class: words,
  }),
  fc.record({ screen: fc.constant('voucher' as const), village, month, voucher: words }),
  fc.record({ screen: fc.constant('compare' as const), village, month }),
  fc.record({
    screen: fc.constant('holdings' as const),
    village,
    tab: fc.constantFrom('assets' as const, 'contracts' as const, 'debts' as const),
  }),
  fc.record({ screen: fc.constant('picture' as const), hash: fc.stringMatching(/^[0-9a-f]{64}$/), caption: words }),
  fc.record({
    screen: fc.constant('policies' as const),
    text: words,
    tags: fc.array(tag, { maxLength: 3 }),
    on: orNull(fc.stringMatching(/^\d{4}-\d{2}-\d{2}$/)),
  }),
  fc.record({ screen: fc.constant('policy' as const), index: words, because: orNull(fund) }),
  fc.record({ screen: fc.constant('policy-versions' as const), left: words, right: words }),
)

describe('deep links', () => {
  it('lead back to the place they were made of', () => {
    fc.assert(
      fc.property(place, (there) => {
        expect(decodePlace(encodePlace(there))).toEqual(there)
      }),
    )
  })

  it('that name no place, or a wrong part of one, are refused', () => {
    const wrong = [
      '',
      '#',
      '#/nowhere',
      '#/fund',
      '#/fund?fund=F1&year=2025&question=1',
      '#/fund?fund=F001&year=2025&question=6',
      '#/household?village=12&head=1',
      '#/household?village=431225204216&head=-1',
      '#/home?more=1',
      '#/picture?hash=../../etc',
      '#/constructor',
      '#/report?step=look',
      '#/receipt',
      'javascript:alert(1)',
    ]
    for (const link of wrong) expect(decodePlace(link), link).toBeNull()
  })

  it('of any text at all never throw', () => {
    fc.assert(fc.property(fc.string(), (text) => void decodePlace(`#/${text}`)))
  })
})
