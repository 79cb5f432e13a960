// What an administrator must know of a file that was read, in the words of both readers. A note refuses nothing.

export const FILE_NOTES = {
  macros: {
    zh: '工作簿带有宏，没有读取，也没有运行。',
    en: 'The workbook carries macros; they were neither read nor run',
  },
  links: {
    zh: '工作簿引用或嵌入了别的文件，没有打开它们。',
    en: 'The workbook leads to other files or holds embedded ones; they were not opened',
  },
  'sheet-hidden': { zh: '工作表“{sheet}”是隐藏的，照样读了。', en: 'The sheet "{sheet}" is hidden; it was read' },
  'sheets-left': {
    zh: '只读了工作表“{sheet}”，没有读：{others}。',
    en: 'Only the sheet "{sheet}" was read, not {others}',
  },
  'sheet-left': { zh: '工作表“{sheet}”没有导入：{why}', en: 'The sheet "{sheet}" was not taken: {english}' },
  'rows-hidden': {
    zh: '“{sheet}”有 {count} 行是隐藏的（或被筛选掉的），照样读了：{rows}。',
    en: '{count} hidden rows were read like the others: {rows}',
  },
  'columns-hidden': {
    zh: '“{sheet}”有隐藏的列，照样读了：{columns}。',
    en: 'Hidden columns were read like the others: {columns}',
  },
  'clauses-none': {
    zh: '没有找到条款，整篇按一段文字处理。',
    en: 'No 条款 were found: the policy is one piece of text',
  },
  clauses: { zh: '找到 {count} 条条款，从{first}到{last}。', en: '{count} 条款 were found, {first} to {last}' },
  'numbered-by-word': {
    zh: '有些段落的编号是 Word 自动加的，不是文字，没有进入政策；请核对条款。',
    en: "Word numbers some paragraphs by itself; those numbers aren't text and are not in the policy: look at its clauses",
  },
} as const
