// Typed deep links: a place as `#/fund?fund=F001&year=2025&question=1` and back. What doesn't fit the schema is refused:
// a link may come from a QR code or a hand. Nothing of a link is kept after the visit (P6).
import { z } from 'zod'
import type { LinkedPlace } from './place.ts'

const village = z.string().regex(/^\d{12}$/)
const placeCode = z.string().regex(/^(\d{6}|\d{9}|\d{12})$/)
const fund = z.string().regex(/^F\d{3}$/)
const year = z.coerce.number().int().min(1949).max(9999)
const month = z.string().regex(/^\d{4}-\d{2}$/)
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const words = z.string().min(1).max(200)
const orNull = <T extends z.ZodType>(schema: T) => schema.nullable().default(null)
const tag = z
  .string()
  .regex(/^[^:]+:[^:]+$/)
  .transform((pair) => {
    const [dimension = '', value = ''] = pair.split(':')
    return { dimension, value }
  })

const LINKS = {
  home: z.strictObject({}),
  place: z.strictObject({
    tab: z.enum(['townships', 'letters']),
    township: orNull(placeCode),
    letters: z
      .string()
      .regex(/^[a-z]{0,8}$/)
      .default(''),
    onward: orNull(z.enum(['funds', 'finance'])),
  }),
  funds: z.strictObject({ class: orNull(words), year }),
  fund: z.strictObject({
    fund,
    year,
    question: z.coerce.number().pipe(z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)])),
  }),
  'fund-spread': z.strictObject({ fund, year, place: placeCode }),
  'fund-payments': z.strictObject({ fund, year, village, group: orNull(words) }),
  project: z.strictObject({ project: words }),
  households: z.strictObject({ village, group: orNull(words), surname: orNull(words) }),
  household: z.strictObject({
    village,
    head: z.coerce.number().int().nonnegative(),
    year: orNull(year),
    open: orNull(words),
  }),
  source: z.strictObject({ village, head: z.coerce.number().int().nonnegative(), payment: words }),
  'masked-why': z.strictObject({ fund: orNull(fund) }),
  finance: z.strictObject({ village, month: orNull(month) }),
  'finance-months': z.strictObject({ village }),
  'finance-class': z.strictObject({ village, month, direction: z.enum(['income', 'expense']), class: words }),
  voucher: z.strictObject({ village, month, voucher: words }),
  compare: z.strictObject({ village, month }),
  holdings: z.strictObject({ village, tab: z.enum(['assets', 'contracts', 'debts']) }),
  picture: z.strictObject({ hash: z.string().regex(/^[0-9a-f]{64}$/), caption: words.default('') }),
  policies: z.strictObject({ text: words.default(''), tags: z.array(tag).default([]), on: orNull(day) }),
  policy: z.strictObject({ index: words, because: orNull(fund) }),
  'policy-versions': z.strictObject({ left: words, right: words }),
  notices: z.strictObject({}),
  answers: z.strictObject({}),
} as const satisfies Record<LinkedPlace['screen'], z.ZodType>

/** `#/fund?fund=F001&year=2025&question=1`. Empty and null parts are left out; tags are `dimension:value`, repeated. */
export function encodePlace(place: LinkedPlace): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(place)) {
    if (key === 'screen' || value === null || value === '') continue
    if (Array.isArray(value)) for (const each of value) query.append(key, `${each.dimension}:${each.value}`)
    else query.append(key, String(value))
  }
  const text = query.toString()
  return `#/${place.screen}${text === '' ? '' : `?${text}`}`
}

/** The place of a link; null where it isn't one of ours. */
export function decodePlace(link: string): LinkedPlace | null {
  const match = /^#\/([a-z-]+)(?:\?(.*))?$/.exec(link)
  const screen = match?.[1]
  if (screen === undefined || !isScreen(screen)) return null
  const parsed = LINKS[screen].safeParse(partsOf(new URLSearchParams(match?.[2] ?? '')))
  // The schema of each screen is checked against LinkedPlace by the tests; a union of objects can't carry that relation.
  return parsed.success ? ({ screen, ...parsed.data } as LinkedPlace) : null
}

function isScreen(name: string): name is LinkedPlace['screen'] {
  return Object.hasOwn(LINKS, name)
}

function partsOf(query: URLSearchParams): Record<string, string | string[]> {
  const parts: Record<string, string | string[]> = {}
  for (const key of new Set(query.keys())) parts[key] = key === 'tags' ? query.getAll(key) : (query.get(key) ?? '')
  return parts
}
