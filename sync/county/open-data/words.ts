// The words that columns of the open data can hold, in Chinese and English, for the dictionary. What stands in the cells is
// the word itself, as in the release. A test compares them with the values that the blocks allow.
import type { Words } from './column.ts'

export const PLACE_LEVEL: Words = {
  county: ['县', 'county'],
  township: ['乡镇', 'township'],
  village: ['村或社区', 'village or community'],
}
export const FUND_LEVEL: Words = {
  中央: ['中央', 'central'],
  省: ['省', 'provincial'],
  市: ['市', 'municipal'],
  县: ['县', 'county'],
}
export const PAYEE: Words = {
  户: ['户', 'household'],
  人: ['个人', 'person'],
  主体: ['经营主体', 'business'],
  村: ['村', 'village'],
}
export const TIER: Words = {
  A: ['只公开合计', 'totals only'],
  B: ['公开到村（名单或隐名）', 'down to the village (by name, or masked)'],
}
export const PAYMENT_STATUS: Words = {
  已发: ['已发', 'paid'],
  退回: ['退回', 'returned by the bank'],
  补发: ['补发', 'paid again later'],
  冲销: ['冲销', 'reversed'],
}
export const YES_NO: Words = { true: ['是', 'yes'], false: ['否', 'no'] }
export const DIRECTION: Words = { income: ['收入', 'income'], expense: ['支出', 'expense'] }
export const ASSET_KIND: Words = { asset: ['资产', 'asset'], resource: ['资源', 'land or other resource'] }
export const DEBT_DIRECTION: Words = {
  receivable: ['债权', 'owed to the village'],
  payable: ['债务', 'owed by the village'],
}
export const VALIDITY: Words = {
  'in-force': ['有效', 'in force'],
  repealed: ['已废止', 'repealed'],
  unknown: ['不详', 'unknown'],
}
export const NOTICE_KIND: Words = {
  news: ['公告', 'news'],
  'open-day': ['开放日', 'open day'],
  answer: ['公开答复', 'published answer'],
}
export const GOAL_KIND: Words = {
  quantity: ['数量指标', 'quantity'],
  quality: ['质量指标', 'quality'],
  timeliness: ['时效指标', 'timeliness'],
  benefit: ['效益指标', 'benefit'],
}
export const PHOTO_STAGE: Words = {
  before: ['施工前', 'before'],
  during: ['施工中', 'during'],
  after: ['完工后', 'after'],
}
/** Import tables that a source file can have been read as. */
export const SOURCE_TABLE: Words = {
  places: ['地区', 'places'],
  funds: ['资金目录', 'catalogue of funds'],
  policies: ['政策', 'policies'],
  allocations: ['资金拨付', 'allocations'],
  projects: ['项目', 'projects'],
  payments: ['资金发放', 'payments'],
  ledger: ['村级财务', 'village ledger'],
  assets: ['资产资源', 'assets'],
  contracts: ['合同', 'contracts'],
  debts: ['债权债务', 'debts'],
  notices: ['公告', 'notices'],
}
