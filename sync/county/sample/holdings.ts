// Assets, resources, contracts and debts of each village (三资), some with rent in arrears.
import type { AssetsRow, ContractsRow, DebtsRow } from '../tables.ts'
import { dayOf } from './calendar.ts'
import type { Frame, Village } from './frame.ts'
import { givenName, surname } from './names.ts'
import { hash32, type Random, randomOf } from './random.ts'

/** name|class|yuan from|to|years of use */
const ASSETS = `村部办公楼|房屋建筑|380000|920000|30
文化活动中心|房屋建筑|160000|420000|25
冷藏保鲜库|经营性资产|220000|640000|15
村级光伏电站|经营性资产|260000|480000|20
门面房|经营性资产|180000|460000|30
自来水蓄水池|公益设施|60000|180000|20
办公电脑和打印机|办公设备|8000|22000|5
油茶加工设备|机器设备|46000|160000|10
农用运输车|运输工具|38000|72000|8`
  .split('\n')
  .map((line) => line.split('|'))

/** name|land type|mu from|to|boundaries */
const RESOURCES = `老屋背山场|林地|120|860|东至山脊，南至小溪，西至老路，北至岩壁
大坝机动田|耕地|12|64|东至水渠，南至机耕道，西至河边，北至田埂
村口鱼塘|坑塘水面|4|22|四至塘埂
油茶基地|林地|80|320|东至防火线，南至村道，西至山沟，北至坡顶
河滩荒地|未利用地|8|46|东至河边，南至老桥，西至公路，北至沙洲`
  .split('\n')
  .map((line) => line.split('|'))

const AWARDS = ['公开招租', '村民代表会议议定', '公开协商', '续租'] as const

function assetRows(village: Village, random: Random): AssetsRow[] {
  const kept = ASSETS.filter((_, i) => i === 0 || random.chance(0.55))
  const things = kept.map(([name = '', kind = '', from, to, years], i): AssetsRow => {
    const originalValue = random.int(Number(from), Number(to)) * 100
    const used = random.int(1, Number(years) - 1)
    const depreciation = Math.round((originalValue * used * 0.95) / Number(years))
    return {
      village: village.code,
      number: `资-${String(i + 1).padStart(2, '0')}`,
      kind: 'asset',
      class: kind,
      name,
      originalValue,
      depreciation,
      netValue: originalValue - depreciation,
      landType: '',
      area: null,
      boundaries: '',
      user: kind === '经营性资产' ? '出租' : '村集体自用',
    }
  })
  const land = RESOURCES.filter((_, i) => i < 2 || random.chance(0.5)).map(
    ([name = '', landType = '', from, to, boundaries = ''], i): AssetsRow => ({
      village: village.code,
      number: `源-${String(i + 1).padStart(2, '0')}`,
      kind: 'resource',
      class: '集体土地',
      name,
      originalValue: null,
      depreciation: null,
      netValue: null,
      landType,
      area: random.int(Number(from) * 10, Number(to) * 10) * 100,
      boundaries,
      user: random.chance(0.6) ? '发包' : '村集体',
    }),
  )
  return [...things, ...land]
}

export function* assetsOf(frame: Frame): Generator<AssetsRow> {
  for (const village of frame.villages) yield* assetRows(village, randomOf(frame.seed, `assets ${village.code}`))
}

function person(random: Random, village: Village): string {
  return surname(random, hash32(village.code) % 12) + givenName(random, false, 50)
}

function contractOf(frame: Frame, village: Village, asset: AssetsRow, order: number, random: Random): ContractsRow {
  const startYear = frame.year - random.int(1, 6)
  const start = dayOf(startYear, random.int(1, 11), 1)
  const years = random.pick([3, 5, 10, 15])
  const yearlyRent =
    asset.area === null
      ? random.int(20, 180) * 10_000
      : Math.max(30_000, Math.round(asset.area / 1000) * random.int(30, 260) * 100)
  const begun = Math.min(years, frame.year - startYear + (frame.today.slice(5) >= start.slice(5) ? 1 : 0))
  const due = yearlyRent * begun
  // A third are behind with part of the last year's rent or all of it.
  const behind = random.chance(0.33) ? (random.chance(0.5) ? yearlyRent : Math.round(yearlyRent / 2000) * 1000) : 0
  const owed = Math.min(due, behind)
  return {
    village: village.code,
    number: `示例合同-${String(order).padStart(2, '0')}`,
    subject: `${asset.name}${asset.area === null ? '出租' : '发包'}`,
    asset: asset.number,
    lessee: random.chance(0.3) ? `${village.name}种养专业合作社（示例）` : person(random, village),
    awarded: random.pick(AWARDS),
    start,
    end: dayOf(startYear + years, Number(start.slice(5, 7)), 1),
    yearlyRent,
    due,
    received: due - owed,
    owed,
  }
}

export function* contractsOf(frame: Frame): Generator<ContractsRow> {
  for (const village of frame.villages) {
    const assets = assetRows(village, randomOf(frame.seed, `assets ${village.code}`))
    const leased = assets.filter((asset) => asset.user === '出租' || asset.user === '发包')
    const random = randomOf(frame.seed, `contracts ${village.code}`)
    for (const [i, asset] of leased.entries()) yield contractOf(frame, village, asset, i + 1, random)
  }
}

const DEBTS = ['村道配套工程尾款', '自来水工程垫资', '村部装修尾款', '垃圾清运欠款'] as const
const CLAIMS = ['门面租金尾欠', '合作社借款', '项目垫付款', '水费代垫'] as const

export function* debtsOf(frame: Frame): Generator<DebtsRow> {
  for (const village of frame.villages) {
    const random = randomOf(frame.seed, `debts ${village.code}`)
    const count = random.int(1, 3)
    for (let i = 0; i < count; i++) {
      const payable = i % 2 === 0
      const year = frame.year - random.int(0, 4)
      const date = dayOf(year, random.int(1, 10), random.int(1, 28))
      yield {
        village: village.code,
        number: `债-${String(i + 1).padStart(2, '0')}`,
        direction: payable ? 'payable' : 'receivable',
        counterpart: payable ? '会同县宏远建设有限公司（示例）' : `${village.name}种养专业合作社（示例）`,
        reason: random.pick(payable ? DEBTS : CLAIMS),
        amount: random.int(20, 900) * 10_000,
        date,
        dueDate: random.chance(0.8) ? dayOf(year + 2, Number(date.slice(5, 7)), Number(date.slice(8))) : null,
      }
    }
  }
}
