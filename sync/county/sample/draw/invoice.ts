// A drawn invoice form with one item, its amount in figures and in Chinese, and a large 示例 across it. SVG as text.
import type { Fen } from '../../../contract/rows.ts'

export interface InvoiceItem {
  class: string
  item: string
  unit: string
  quantity: number
  /** Fen a unit. */
  price: Fen
  seller: string
}

const DIGITS = [...'零壹贰叁肆伍陆柒捌玖']

/** Whole yuan and fen in capital Chinese figures: 123400 → 壹仟贰佰叁拾肆元整. Up to 9,999,999.99 yuan. */
export function chineseAmount(fen: Fen): string {
  const yuan = Math.floor(fen / 100)
  const units = ['', '拾', '佰', '仟', '万', '拾', '佰']
  let text = ''
  const figures = [...String(yuan)].map(Number)
  figures.forEach((figure, i) => {
    const place = figures.length - 1 - i
    if (figure !== 0) text += `${DIGITS[figure]}${units[place]}`
    else if (place === 4) text += '万'
    else if (!text.endsWith('零')) text += '零'
  })
  const rest = fen % 100
  const jiao = Math.floor(rest / 10)
  const tail = rest === 0 ? '整' : `${jiao ? `${DIGITS[jiao]}角` : '零'}${rest % 10 ? `${DIGITS[rest % 10]}分` : ''}`
  return `${text.replace(/零+$/, '').replace(/零万/, '万')}元${tail}`
}

const money = (fen: Fen): string => (fen / 100).toFixed(2)

export function invoiceSvg(invoice: InvoiceItem): string {
  const total = invoice.price * invoice.quantity
  const text = (x: number, y: number, size: number, words: string, more = ''): string =>
    `<text x="${x}" y="${y}" font-size="${size}" ${more}>${words}</text>`
  const right = 'text-anchor="end"'
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800" viewBox="0 0 1200 800" font-family="Noto Sans CJK SC" fill="#4b2c1a">
<rect width="1200" height="800" fill="#fdf9ef"/><rect x="40" y="40" width="1120" height="720" fill="none" stroke="#9a5b34" stroke-width="3"/>
${text(600, 118, 52, '会同县通用收据（示例）', 'text-anchor="middle" font-family="Noto Serif CJK SC" font-weight="700"')}
<path d="M380 140 H820 M380 150 H820" stroke="#9a5b34" stroke-width="3"/>
${text(80, 210, 32, '付款单位：村民委员会')}${text(1120, 210, 32, '日期：见凭证', right)}
<path d="M80 240 H1120 V560 H80Z M80 306 H1120 M80 480 H1120 M520 240 V480 M660 240 V480 M800 240 V480 M960 240 V480" fill="none" stroke="#9a5b34" stroke-width="3"/>
${text(300, 285, 32, '项目', 'text-anchor="middle"')}${text(590, 285, 32, '单位', 'text-anchor="middle"')}${text(730, 285, 32, '数量', 'text-anchor="middle"')}${text(880, 285, 32, '单价', 'text-anchor="middle"')}${text(1040, 285, 32, '金额（元）', 'text-anchor="middle"')}
<g fill="#1d2a26">${text(100, 372, 36, invoice.item)}${text(590, 372, 34, invoice.unit, 'text-anchor="middle"')}${text(780, 372, 34, String(invoice.quantity), right)}${text(948, 372, 34, money(invoice.price), right)}${text(1106, 372, 36, money(total), right)}</g>
${text(100, 534, 34, '合计（大写）')}<g fill="#1d2a26">${text(330, 534, 36, chineseAmount(total))}${text(1106, 534, 38, `¥${money(total)}`, right)}</g>
${text(80, 630, 32, `收款单位：${invoice.seller}`)}${text(80, 700, 32, '经手人：见凭证')}${text(560, 700, 32, '验收人：民主理财小组')}
<g stroke="#c43a2f" fill="none" opacity="0.75"><circle cx="980" cy="650" r="84" stroke-width="7"/></g>
<g fill="#c43a2f" opacity="0.75">${text(980, 644, 34, '示例用章', 'text-anchor="middle"')}${text(980, 690, 28, '不作凭据', 'text-anchor="middle"')}</g>
<g fill="#9a5b34" opacity="0.13" transform="rotate(-18 600 420)">${text(600, 500, 300, '示例', 'text-anchor="middle" font-weight="700"')}</g></svg>`
}
