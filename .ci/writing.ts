// Makes assets/writing.json, what the terminal's pinyin keys offer: `node .ci/writing.ts`. Characters are the 3,755 of GB
// 2312's first level, the common ones, read by pinyin-pro; words are the county's own (funds, places) and the ones that
// reports are made of. test/unit/writing.test.ts fails when the file is not what this makes.
import { readFileSync, writeFileSync } from 'node:fs'
import { pinyin } from 'pinyin-pro'
import { z } from 'zod'

/** The most frequent characters of written Chinese, most frequent first: within a syllable these are offered first. */
const COMMON =
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔村组镇乡县户钱粮田土林房屋米亩元补贴款账单票据低困残病医药校车修桥坝渠井电灯砖树猪牛羊鸡鱼茶油贫富欠骗贪吃喝请礼送亲戚友哥弟姐妹父母爸妈爷奶孩叔伯婶儿媳谁怎吧吗呢啊们您咱晓'

/** Words of a report, as villagers say them. */
const SAID = [
  '没有 收到 没收到 多少 少了 多了 为什么 怎么 什么 什么时候 哪里 谁 哪个 几个 几年 今年 去年 前年 每年 上个月 这个月',
  '我家 我们 他家 他们 别人 大家 自己 家里 村里 组里 乡里 镇里 县里 全村 全组 外面 打工 回来 在家 老人 小孩 女儿 儿子 媳妇',
  '村干部 书记 主任 会计 组长 村长 支书 干部 领导 老板 亲戚 关系 熟人 兄弟 老婆 邻居 党员 群众 村民 代表 理财小组 监委会',
  '补贴 补助 低保 五保 残疾 养老 医保 合作医疗 救助 困难 贫困户 脱贫户 危房 改造 建房 搬迁 移民 退耕还林 公益林 生态 粮食 种子',
  '耕地 水田 旱地 山林 土地 荒地 面积 亩数 确权 承包 流转 征地 征收 补偿 青苗 林地 宅基地 房子 老屋 新房 晒谷坪',
  '修路 公路 水渠 水库 山塘 自来水 路灯 桥 水井 工程 项目 工钱 工资 材料 水泥 砂石 质量 验收 完工 停工 没修完 坏了 漏水 塌了',
  '发票 收据 单据 签字 手印 盖章 公示 公开 名单 名字 名额 存折 银行卡 信用社 到账 打卡 现金 欠条 借钱 还钱 罚款 收费 乱收费',
  '吃饭 请客 送礼 红包 好处 回扣 私分 冒领 虚报 多报 少报 瞒报 截留 挪用 克扣 扣了 拖欠 不给 不发 不办 不管 不理 不公平 不知道 不晓得',
  '请 查一查 查清楚 核实 处理 答复 回电话 来看看 麻烦 谢谢 希望 应该 可以 不可以 是不是 有没有 能不能 一直 已经 还没有 后来 以前 现在',
  '开会 投票 商量 同意 不同意 选举 村务 账目 集体 公家 资金 专款 收入 支出 招待费 误工费 租金 合同 债务 资产 鱼塘 茶园 油茶',
].flatMap((line) => line.split(' '))

/** Longest word that a key of the terminal holds. */
const LONGEST = 8

export interface Writing {
  /** Syllable without tone ('lv' for 绿) → its characters, the frequent ones first. */
  characters: Record<string, string>
  /** Word and its syllables, in the order in which they are offered. */
  words: [word: string, pinyin: string][]
}

/** Where pinyin-pro takes the other reading of 没 or 还. */
const READ_AS: Readonly<Record<string, string>> = {
  没收到: 'mei shou dao',
  还钱: 'huan qian',
  退耕还林: 'tui geng huan lin',
}
const read = (word: string): string => READ_AS[word] ?? pinyin(word, { toneType: 'none', v: true })

function firstLevel(): string[] {
  const decoder = new TextDecoder('gb18030')
  const bytes = (lead: number) => Array.from({ length: lead === 0xd7 ? 89 : 94 }, (_, at) => [lead, 0xa1 + at])
  const pairs = Array.from({ length: 0xd7 - 0xb0 + 1 }, (_, at) => bytes(0xb0 + at)).flat()
  return pairs.map((pair) => decoder.decode(Uint8Array.from(pair)))
}

function readings(character: string): string[] {
  const all = pinyin(character, { toneType: 'none', multiple: true, type: 'array', v: true })
  return [...new Set(all)].filter((sound) => /^[a-z]+$/.test(sound))
}

function namesIn(file: string): string[] {
  const list = z.array(z.looseObject({ name: z.string() })).parse(JSON.parse(readFileSync(file, 'utf8')))
  return list.map(({ name }) => name)
}

export function makeWriting(): Writing {
  const rank = new Map([...COMMON].reverse().map((character, at) => [character, -at]))
  const ordered = firstLevel().sort((one, other) => (rank.get(one) ?? 1) - (rank.get(other) ?? 1))
  const characters: Record<string, string> = {}
  for (const character of ordered)
    for (const sound of readings(character)) characters[sound] = (characters[sound] ?? '') + character
  const sorted = Object.fromEntries(Object.entries(characters).sort(([one], [other]) => (one < other ? -1 : 1)))
  const names = [...SAID, ...namesIn('assets/places.json'), ...namesIn('assets/funds.json')]
  const written = names.filter((name) => new RegExp(`^\\p{Script=Han}{2,${LONGEST}}$`, 'u').test(name))
  return { characters: sorted, words: [...new Set(written)].map((word) => [word, read(word)]) }
}

if (process.argv[1]?.endsWith('writing.ts')) writeFileSync('assets/writing.json', `${JSON.stringify(makeWriting())}\n`)
