// Fields of the import tables that say where and under which title: places, funds, allocations, projects.
import type { TableSpec } from './field.ts'

export const places: TableSpec<'places'> = {
  name: 'places',
  zh: '地区',
  key: ['code'],
  fields: {
    code: { type: 'text', zh: ['代码', '区划代码', '行政区划代码'], required: true, example: '431225100201' },
    name: { type: 'text', zh: ['名称', '地名'], required: true, example: '小寨村' },
    level: {
      type: 'choice',
      zh: ['级别'],
      required: true,
      choices: ['county', 'township', 'village'],
      example: 'village',
    },
    parent: { type: 'text', zh: ['上级代码'], required: true, example: '431225100' },
    groups: { type: 'integer', zh: ['村民小组数', '组数'], nullable: true, example: '12' },
  },
}

export const funds: TableSpec<'funds'> = {
  name: 'funds',
  zh: '民生资金目录',
  key: ['code'],
  fields: {
    code: { type: 'text', zh: ['资金编号', '编号'], required: true, example: 'F001' },
    name: { type: 'text', zh: ['资金名称', '补贴项目', '项目名称'], required: true, example: '耕地地力保护补贴' },
    level: { type: 'choice', zh: ['资金级别', '级别'], choices: ['县', '市', '省', '中央'], example: '中央' },
    department: { type: 'text', zh: ['主管部门', '部门'], example: '农业农村局' },
    class: { type: 'text', zh: ['类别', '分类'], example: '涉农' },
    payee: { type: 'choice', zh: ['发放对象', '对象'], choices: ['户', '人', '主体', '村'], example: '户' },
    unit: { type: 'text', zh: ['单位', '计量单位'], example: '亩' },
    standard: { type: 'money', zh: ['补贴标准', '标准'], nullable: true, example: '105.00' },
    frequency: { type: 'text', zh: ['发放周期', '周期'], example: '年' },
    eligibility: { type: 'text', zh: ['享受条件', '条件'], example: '拥有承包地且未撂荒' },
    howToApply: { type: 'text', zh: ['申请方式', '办理方式'], example: '向村委会申报面积' },
    policy: { type: 'text', zh: ['政策依据', '依据'], example: 'ZC-2026-003' },
    tier: { type: 'choice', zh: ['公开层级'], choices: ['B', 'A'], example: 'B' },
    masked: { type: 'flag', zh: ['姓名隐去', '隐去姓名'], example: '否' },
    maskReason: { type: 'text', zh: ['隐去原因'], example: '' },
    contactPhone: { type: 'text', zh: ['咨询电话'], example: '0745-5550101' },
    complaintPhone: { type: 'text', zh: ['监督电话', '投诉电话'], example: '0745-5550102' },
  },
}

export const allocations: TableSpec<'allocations'> = {
  name: 'allocations',
  zh: '资金拨付',
  key: null,
  fields: {
    fund: { type: 'text', zh: ['资金编号', '资金名称', '补贴项目'], required: true, example: 'F001' },
    year: { type: 'integer', zh: ['年度'], required: true, example: '2026' },
    document: { type: 'text', zh: ['指标文号', '文号'], example: '湘财预〔2026〕示例12号' },
    from: { type: 'text', zh: ['拨出', '拨出单位'], required: true, example: '431225' },
    to: { type: 'text', zh: ['拨入', '拨入单位'], required: true, example: '431225100' },
    amount: { type: 'money', zh: ['金额', '拨付金额'], required: true, example: '120000.00' },
    central: { type: 'money', zh: ['中央资金'], example: '80000.00' },
    provincial: { type: 'money', zh: ['省级资金'], example: '40000.00' },
    municipal: { type: 'money', zh: ['市级资金'], example: '0' },
    county: { type: 'money', zh: ['县级资金'], example: '0' },
    date: { type: 'day', zh: ['拨付日期', '日期'], nullable: true, example: '2026-03-05' },
  },
}

export const projects: TableSpec<'projects'> = {
  name: 'projects',
  zh: '项目',
  key: ['code'],
  fields: {
    code: { type: 'text', zh: ['项目编号'], required: true, example: 'XM-2026-0012' },
    name: { type: 'text', zh: ['项目名称'], required: true, example: '小寨村通组路硬化' },
    fund: { type: 'text', zh: ['资金编号', '资金名称'], required: true, example: 'F150' },
    year: { type: 'integer', zh: ['年度'], required: true, example: '2026' },
    village: { type: 'text', zh: ['村代码', '村', '行政村'], required: true, example: '431225100201' },
    place: { type: 'text', zh: ['建设地点', '地点'], example: '三组至五组' },
    content: { type: 'text', zh: ['建设内容', '内容'], example: '硬化道路1.2公里' },
    budget: { type: 'money', zh: ['预算', '预算资金'], example: '480000.00' },
    contractor: { type: 'text', zh: ['施工单位', '承建单位'], example: '示例建设有限公司' },
    contractPrice: { type: 'money', zh: ['合同价'], nullable: true, example: '465000.00' },
    paid: { type: 'money', zh: ['已支付', '已付金额'], example: '300000.00' },
    auditedPrice: { type: 'money', zh: ['审定价', '审计价'], nullable: true, example: '' },
    responsible: { type: 'text', zh: ['负责人'], example: '杨示例' },
    officePhone: { type: 'text', zh: ['办公电话'], example: '0745-5550103' },
    start: { type: 'day', zh: ['开工日期'], nullable: true, example: '2026-03-01' },
    end: { type: 'day', zh: ['完工日期', '竣工日期'], nullable: true, example: '' },
    accepted: { type: 'day', zh: ['验收日期'], nullable: true, example: '' },
    acceptance: { type: 'text', zh: ['验收结论', '验收情况'], example: '' },
    beneficiaries: { type: 'text', zh: ['受益对象', '受益情况'], example: '惠及126户' },
    goals: {
      type: 'json',
      zh: ['绩效目标'],
      example: '[{"kind":"quantity","name":"硬化里程","target":"1.2公里","result":"","met":null}]',
    },
    progress: { type: 'json', zh: ['进度'], example: '[{"date":"2026-04-01","percent":40,"note":"路基完成"}]' },
    photos: { type: 'json', zh: ['照片'], example: '[]' },
    problems: { type: 'json', zh: ['问题', '问题及整改'], example: '[]' },
  },
}
