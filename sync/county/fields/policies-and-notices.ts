// Fields of the import tables that hold texts: policies and notices.
import type { TableSpec } from './field.ts'

export const policies: TableSpec<'policies'> = {
  name: 'policies',
  zh: '政策',
  key: ['index'],
  fields: {
    index: { type: 'text', zh: ['索引号'], required: true, example: 'ZC-2026-003' },
    title: { type: 'text', zh: ['标题', '政策名称'], required: true, example: '会同县耕地地力保护补贴发放办法' },
    number: { type: 'text', zh: ['文号', '发文字号'], example: '会农联〔2026〕示例3号' },
    issuer: { type: 'text', zh: ['发文机关', '制定机关'], example: '会同县农业农村局' },
    level: { type: 'text', zh: ['效力级别', '层级'], example: '县级规范性文件' },
    topic: { type: 'text', zh: ['主题', '类别'], example: '涉农' },
    made: { type: 'day', zh: ['成文日期'], nullable: true, example: '2026-01-15' },
    published: { type: 'day', zh: ['公布日期', '发布日期'], nullable: true, example: '2026-01-20' },
    inForce: { type: 'day', zh: ['施行日期', '生效日期'], nullable: true, example: '2026-02-01' },
    repealed: { type: 'day', zh: ['废止日期', '失效日期'], nullable: true, example: '' },
    validity: { type: 'choice', zh: ['有效性'], choices: ['unknown', 'in-force', 'repealed'], example: 'in-force' },
    registration: { type: 'text', zh: ['统一登记号'], example: '' },
    registrationExpiry: { type: 'day', zh: ['登记有效期'], nullable: true, example: '' },
    work: { type: 'text', zh: ['版本组'], example: '会同县耕地地力保护补贴发放办法' },
    history: { type: 'text', long: true, zh: ['沿革', '修订历史'], example: '' },
    who: { type: 'text', long: true, zh: ['谁能领'], example: '承包耕地的农户' },
    howMuch: { type: 'text', long: true, zh: ['领多少'], example: '每亩105元' },
    how: { type: 'text', long: true, zh: ['怎么领'], example: '向村委会申报，公示后直接打卡' },
    explainedBy: { type: 'text', zh: ['解读部门'], example: '会同县农业农村局' },
    tags: { type: 'json', zh: ['标签'], example: '[{"dimension":"对象","values":["农户"]}]' },
    funds: { type: 'list', zh: ['关联资金'], example: 'F001' },
    text: { type: 'text', long: true, zh: ['正文', '全文'], required: true, example: '第一条 为了……' },
    marks: { type: 'json', zh: ['条款关联'], empty: '{}', example: '{"第五条":["F001"]}' },
  },
}

export const notices: TableSpec<'notices'> = {
  name: 'notices',
  zh: '公告',
  key: ['id'],
  fields: {
    id: { type: 'text', zh: ['编号'], required: true, example: 'GG-2026-001' },
    kind: {
      type: 'choice',
      zh: ['种类'],
      required: true,
      choices: ['news', 'open-day', 'answer'],
      example: 'open-day',
    },
    title: { type: 'text', zh: ['标题'], required: true, example: '政府开放日：看一张补贴单怎么发' },
    body: { type: 'text', long: true, zh: ['正文', '内容'], required: true, example: '欢迎到县政务服务中心……' },
    date: { type: 'day', zh: ['日期', '发布日期'], required: true, example: '2026-10-12' },
    place: { type: 'text', zh: ['地区代码', '地区'], example: '431225' },
    venue: { type: 'text', zh: ['地点'], example: '县政务服务中心' },
    time: { type: 'text', zh: ['时间'], example: '上午9时' },
    contactPhone: { type: 'text', zh: ['咨询电话'], example: '0745-5550101' },
  },
}
