// Headings of the registers as other offices send them, field by field. Other columns are kept as they stand, for
// whoever decides; nothing is guessed from them.
import type { RegisterName } from '../../contract/console/match.ts'

export const REGISTER_FIELDS = [
  'name',
  'idNumber',
  'township',
  'village',
  'group',
  'relation',
  'from',
  'until',
] as const
export type RegisterField = (typeof REGISTER_FIELDS)[number]

const COMMON: { readonly [field in RegisterField]: readonly string[] } = {
  name: ['姓名', '名字'],
  idNumber: ['身份证号', '身份证号码', '公民身份号码', '证件号码'],
  township: ['乡镇', '所属乡镇', '户籍乡镇'],
  village: ['村', '村代码', '行政村', '村(社区)', '户籍地', '所在村'],
  group: ['组', '组别', '村民小组'],
  relation: ['关系', '与村干部关系', '职务'],
  from: ['起始日期'],
  until: ['截止日期', '结束日期'],
}

const OWN: { readonly [name in RegisterName]: { readonly [field in RegisterField]?: readonly string[] } } = {
  deceased: { from: ['死亡日期', '死亡时间', '注销日期'] },
  payroll: { from: ['参加工作时间', '入编日期', '起薪日期'], until: ['离职日期', '停薪日期'] },
  officers: { from: ['任职日期', '任职时间'], until: ['离任日期', '离职日期'] },
  vehicles: {
    name: ['车主', '所有人', '车主姓名'],
    from: ['登记日期', '购车日期', '初次登记日期'],
    until: ['注销日期'],
  },
  houses: { name: ['买受人', '购房人', '权利人'], from: ['购房日期', '备案日期', '网签日期', '登记日期'] },
  companies: {
    name: ['法定代表人', '法人', '经营者', '股东'],
    from: ['成立日期', '注册日期'],
    until: ['注销日期', '吊销日期'],
  },
}

/** The field's name in the code, then the headings seen for it. */
export function headingsFor(register: RegisterName, field: RegisterField): readonly string[] {
  return [field, ...(OWN[register][field] ?? []), ...COMMON[field]]
}

/** Registers whose rows mean nothing without a day: paid after which? */
export const DATED: readonly RegisterName[] = ['deceased']
