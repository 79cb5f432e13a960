// Open tables of projects: the project itself, and a table each for what it holds many of.
import { madeTable, type OpenTable, ORIGIN, plainTable, ROW } from './column.ts'
import { GOAL_KIND, PHOTO_STAGE, YES_NO } from './words.ts'

const PROJECT = ['project', 'text', '项目编号', 'project', null, 'projects.code'] as const

export const PROJECT_TABLES: readonly OpenTable[] = [
  plainTable({
    name: 'projects',
    title: '项目',
    english: 'projects',
    kind: 'projects',
    key: ['code'],
    columns: [
      ['code', 'text', '项目编号', 'code'],
      ['name', 'text', '名称', 'name'],
      ['fund', 'text', '资金编号', 'fund', null, 'funds.code'],
      ['year', 'number', '年度', 'year'],
      ['township', 'text', '乡镇代码', 'township', null, 'places.code'],
      ['village', 'text', '村代码', 'village', null, 'places.code'],
      ['place', 'text', '地点', 'place'],
      ['content', 'text', '建设内容', 'content'],
      ['budget', 'money', '预算', 'budget'],
      ['contractor', 'text', '承建单位', 'contractor'],
      ['contractPrice', 'money', '合同价', 'contract price'],
      ['paid', 'money', '已付', 'paid so far'],
      ['auditedPrice', 'money', '审定价', 'audited price'],
      ['responsible', 'text', '责任人', 'responsible'],
      ['officePhone', 'text', '办公电话', 'office phone'],
      ['start', 'day', '开工', 'begun on'],
      ['end', 'day', '完工', 'finished on'],
      ['accepted', 'day', '验收日期', 'accepted on'],
      ['acceptance', 'text', '验收结论', 'acceptance'],
      ['beneficiaries', 'text', '受益情况', 'beneficiaries'],
      ORIGIN,
      ROW,
    ],
  }),
  madeTable(
    {
      name: 'project-goals',
      title: '项目绩效目标',
      english: 'goals of projects',
      kind: 'projects',
      columns: [
        PROJECT,
        ['kind', 'word', '指标类别', 'kind of goal', GOAL_KIND],
        ['name', 'text', '指标', 'goal'],
        ['target', 'text', '目标值', 'target'],
        ['result', 'text', '完成值', 'result'],
        ['met', 'flag', '是否完成（不详留空）', 'met (empty while unknown)', YES_NO],
      ],
    },
    ({ code, goals }) => goals.map((goal) => ({ project: code, ...goal })),
  ),
  madeTable(
    {
      name: 'project-progress',
      title: '项目进度',
      english: 'progress of projects',
      kind: 'projects',
      columns: [
        PROJECT,
        ['date', 'day', '日期', 'date'],
        ['percent', 'decimal', '进度（%）', 'per cent done'],
        ['note', 'text', '说明', 'note'],
      ],
    },
    ({ code, progress }) => progress.map((step) => ({ project: code, ...step })),
  ),
  madeTable(
    {
      name: 'project-photos',
      title: '项目照片',
      english: 'photos of projects',
      kind: 'projects',
      columns: [
        PROJECT,
        ['stage', 'word', '阶段', 'stage', PHOTO_STAGE],
        ['date', 'day', '日期', 'date'],
        ['picture', 'text', '图片', 'picture', null, 'pictures.hash'],
      ],
    },
    ({ code, photos }) => photos.map(({ stage, date, media }) => ({ project: code, stage, date, picture: media })),
  ),
  madeTable(
    {
      name: 'project-problems',
      title: '项目问题及整改',
      english: 'problems of projects and their repair',
      kind: 'projects',
      columns: [
        PROJECT,
        ['found', 'day', '发现日期', 'found on'],
        ['problem', 'text', '问题', 'problem'],
        ['repair', 'text', '整改', 'repair'],
        ['repaired', 'day', '整改日期', 'repaired on'],
      ],
    },
    ({ code, problems }) => problems.map((one) => ({ project: code, ...one })),
  ),
]
