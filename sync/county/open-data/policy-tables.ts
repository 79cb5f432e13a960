// Open tables of policies: documents with their versions, their tags, and their clauses.
import { madeTable, type OpenTable, ORIGIN, plainTable, ROW } from './column.ts'
import { VALIDITY } from './words.ts'

export const POLICY_TABLES: readonly OpenTable[] = [
  plainTable({
    name: 'policies',
    title: '政策',
    english: 'policies',
    kind: 'documents',
    key: ['index'],
    columns: [
      ['index', 'text', '索引号', 'index number'],
      ['title', 'text', '标题', 'title'],
      ['number', 'text', '文号', 'document number'],
      ['issuer', 'text', '发文机关', 'issued by'],
      ['level', 'text', '效力级别', 'level'],
      ['topic', 'text', '主题', 'topic'],
      ['made', 'day', '成文', 'made on'],
      ['published', 'day', '公布', 'published on'],
      ['inForce', 'day', '施行', 'in force from'],
      ['repealed', 'day', '废止', 'repealed on'],
      ['validity', 'word', '来源所载效力', 'validity as its source says', VALIDITY],
      ['registration', 'text', '统一登记号', 'registration number'],
      ['registrationExpiry', 'day', '登记有效期', 'registration ends on'],
      ['work', 'text', '版本组（同一政策的各版本相同）', 'shared by the versions of one policy'],
      ['version', 'number', '版本（1 为最早）', 'version, 1 for the oldest'],
      ['history', 'text', '沿革', 'history'],
      ['who', 'text', '谁能领', 'who is entitled'],
      ['howMuch', 'text', '领多少', 'how much'],
      ['how', 'text', '怎么领', 'how to get it'],
      ['explainedBy', 'text', '解读部门', 'explained by'],
      ['funds', 'list', '资金编号', 'funds'],
      ['clauses', 'number', '条数', 'clauses'],
      ORIGIN,
      ROW,
    ],
  }),
  madeTable(
    {
      name: 'policy-tags',
      title: '政策标签',
      english: 'tags of policies',
      kind: 'documents',
      columns: [
        ['policy', 'text', '政策索引号', 'policy', null, 'policies.index'],
        ['dimension', 'text', '维度', 'dimension'],
        ['value', 'text', '标签', 'tag'],
      ],
    },
    ({ index, tags }) =>
      tags.flatMap(({ dimension, values }) => values.map((value) => ({ policy: index, dimension, value }))),
  ),
  plainTable({
    name: 'clauses',
    title: '政策条款',
    english: 'clauses of policies',
    kind: 'clauses',
    key: ['document', 'ordinal'],
    packed: true,
    columns: [
      ['document', 'text', '政策索引号', 'policy', null, 'policies.index'],
      ['ordinal', 'number', '序号', 'ordinal'],
      ['label', 'text', '条', 'label'],
      ['chapter', 'text', '章', 'chapter'],
      ['text', 'text', '正文', 'text'],
      ['funds', 'list', '资金编号', 'funds'],
    ],
  }),
]
