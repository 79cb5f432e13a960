// The board's words: states, reasons, alarms, screens, times and sizes as an administrator reads them. Pure.
import type { AlarmKind, TerminalState, Why } from '../../contract/console/fleet.ts'
import type { AskKind } from '../../contract/fleet.ts'

export const STATE_WORDS: { readonly [state in TerminalState]: string } = {
  silent: '失联',
  refusing: '拒收',
  late: '迟到',
  revoked: '已停用',
  'never-enrolled': '未登记',
  fresh: '正常',
}
export const ALARM_WORDS: { readonly [kind in AlarmKind]: string } = {
  silent: '失联',
  refusing: '拒收发布',
  disk: '磁盘将满',
  clock: '时钟不准',
}
export const ASK_WORDS: { readonly [kind in AskKind]: string } = { log: '运行日志', screenshot: '屏幕截图' }

const REFUSAL_WORDS: { readonly [code: string]: string } = {
  'E-SIGNATURE': '签名不对',
  'E-HASH': '内容被改动',
  'E-LENGTH': '长度不对',
  'E-NUMBER': '期号倒退',
  'E-EXPIRED': '签发已过期',
  'E-FORMAT': '格式读不懂',
  'E-UPDATE': '终端软件太旧，要升级',
  'E-MIXED': '几期混在一起',
  'E-CLOCK': '终端时钟不可信',
  'E-SAMPLE-KEY': '示例密钥',
}

/** '失联（60 小时）'. The office notes 'h', 'min', 'MB' or a code. */
export function alarmInWords(kind: AlarmKind, detail: string): string {
  const seen = REFUSAL_WORDS[detail] ?? detail.replace(/ h$/, ' 小时').replace(/ min$/, ' 分钟')
  return `${ALARM_WORDS[kind]}（${seen}）`
}

/** Why a terminal is in its state, in one line. */
export function whyInWords({ key, hours, number, code }: Why): string {
  const words: { readonly [k in Why['key']]: string } = {
    'in-time': '按时报告，数据最新',
    'no-heartbeat': `${spanInWords(hours)}没有报告`,
    behind: `还在显示第 ${number ?? '?'} 期`,
    'no-release': '还没有收到任何一期',
    refusal: `拒收${number === null ? '' : `第 ${number} 期`}：${REFUSAL_WORDS[code] ?? code}`,
    revoked: '已停用，不再接受报告',
    never: '还没有登记',
  }
  return words[key]
}

/** 30 → '1 天 6 小时'. */
export function spanInWords(hours: number): string {
  const whole = Math.floor(hours)
  if (whole < 1) return `${Math.max(0, Math.floor(hours * 60))} 分钟`
  const days = Math.floor(whole / 24)
  return days === 0 ? `${whole} 小时` : `${days} 天 ${whole % 24} 小时`
}

const two = (part: number): string => String(part).padStart(2, '0')

/** '11-24 08:05' by this machine's clock; '—' for never. */
export function timeInWords(at: string | null): string {
  if (at === null) return '—'
  const then = new Date(at)
  return `${two(then.getMonth() + 1)}-${two(then.getDate())} ${two(then.getHours())}:${two(then.getMinutes())}`
}

/** 3_200_000_000 → '3.2 GB'. */
export function bytesInWords(bytes: number | null): string {
  if (bytes === null) return '—'
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3))
  const size = bytes / 1000 ** power
  return `${power === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${units[power] ?? 'B'}`
}

/** Office's time minus the terminal's. */
export function offsetInWords(ms: number | null): string {
  if (ms === null) return '—'
  const seconds = Math.round(Math.abs(ms) / 1000)
  if (seconds < 5) return '准'
  const hours = seconds / 3600
  const size = seconds < 120 ? `${seconds} 秒` : spanInWords(hours)
  return `${ms > 0 ? '慢' : '快'} ${size}`
}

const SCREEN_WORDS: { readonly [screen: string]: string } = {
  home: '首页',
  place: '选村',
  funds: '资金项目',
  fund: '一项资金',
  'fund-spread': '资金去向',
  'fund-payments': '发放名单',
  project: '工程项目',
  households: '找到户',
  household: '一户一本账',
  source: '数据出处',
  'masked-why': '为何不显示',
  finance: '村级财务',
  'finance-months': '财务月份',
  'finance-class': '收支分类',
  voucher: '凭证',
  compare: '对比',
  holdings: '三资',
  picture: '图片',
  policies: '政策超市',
  policy: '一份政策',
  'policy-versions': '政策沿革',
  notices: '公告',
  voice: '反映和询问',
}
export function screenInWords(screen: string): string {
  return SCREEN_WORDS[screen] ?? screen
}
