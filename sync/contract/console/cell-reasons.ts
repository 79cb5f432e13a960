// Why a cell or a row is refused, in the words of both readers: Chinese for administrators (console, refused rows, marked
// workbook), English for technicians (command line). Each says what was expected, what was found, and what to do.

export const CELL_REASONS = {
  // Any cell
  empty: { zh: '应填内容，实为空格子；请补上', en: 'Expected a value, got an empty cell; fill it in' },
  'text-long': {
    zh: '应为最多 {most} 个字，实为 {count} 个；请删短，或检查是否串了行',
    en: 'Expected at most {most} characters, got {count}; shorten it, or look whether rows ran together',
  },
  flag: { zh: '应为“是”或“否”，实为“{got}”；请改成其中一个', en: 'Expected 是 or 否, got "{got}"; correct it' },
  choice: {
    zh: '应为 {choices} 之一，实为“{got}”；请改成其中一个',
    en: 'Expected one of {choices}, got "{got}"; correct it',
  },
  json: {
    zh: '应为字段说明里的列表写法，实为“{got}”；请按 docs/fields.md 的例子改',
    en: 'Expected a JSON list or object, got "{got}"; see docs/fields.md',
  },
  'list-shape': {
    zh: '应为字段说明里的列表，实为另一种写法；请按 docs/fields.md 的例子改',
    en: 'Expected the list that docs/fields.md shows, got another; correct it',
  },
  ditto: {
    zh: '应写出本行自己的内容，实为“{got}”（同上）；请把上一行的内容填进来',
    en: 'Expected a value of its own, got "{got}" for the row above; fill it in',
  },
  // Money and numbers
  money: {
    zh: '应为金额（元，最多两位小数），实为“{got}”；请改成 1234.50 这样的数',
    en: 'Expected an amount in 元 with at most two decimals, got "{got}"; write it like 1234.50',
  },
  'money-large': {
    zh: '应为一千亿元以下的金额，实为“{got}”；请检查是否多写了数字',
    en: 'Expected an amount below 100,000,000,000 元, got "{got}"; correct it',
  },
  'money-signs': {
    zh: '应只用一种负数写法，实为括号和负号都有的“{got}”；请去掉一种',
    en: 'Expected one sign, got both parentheses and a minus in "{got}"; take one away',
  },
  quantity: {
    zh: '应为数量（最多三位小数），实为“{got}”；请改成 4.2 这样的数',
    en: 'Expected a quantity with at most three decimals, got "{got}"; write it like 4.2',
  },
  'whole-number': { zh: '应为整数，实为“{got}”；请改成整数', en: 'Expected a whole number, got "{got}"; correct it' },
  'merged-figure': {
    zh: '应为本行自己的数字，实为几行合并的一个格子；请取消合并，逐行填写',
    en: 'Expected a figure of its own for the row, got a cell merged over several rows; split it',
  },
  // Days and months
  day: {
    zh: '应为日期，实为“{got}”；请改成 2024-08-24 这样的写法',
    en: 'Expected a day such as 2024-08-24, got "{got}"; correct it',
  },
  'day-number': {
    zh: '应为日期，实为电子表格的日期序号“{got}”；请把该列设成日期格式再另存一次',
    en: 'Expected a day such as 2024-08-24, got "{got}", a spreadsheet’s day number; give that column a date format and save anew',
  },
  'day-without-year': {
    zh: '应为带年份的日期，实为“{got}”；请补上年份，或为整个文件填“年份”（命令行用 --set year=2024）',
    en: 'Expected a day with its year, got "{got}"; set the year for the file with --set year=2024',
  },
  'no-such-day': {
    zh: '应为存在的日期，实为“{got}”；请对照原件改正',
    en: 'Expected a day that exists, got "{got}"; correct it',
  },
  'no-such-time': {
    zh: '应为存在的时间，实为“{got}”；请对照原件改正',
    en: 'Expected a time that exists, got "{got}"; correct it',
  },
  'month-name': {
    zh: '应为月份的英文名，实为“{name}”（{got}）；请改成 2024-08-24 这样的写法',
    en: 'Expected a month\'s name, got "{name}" in "{got}"; correct it',
  },
  month: {
    zh: '应为月份，实为“{got}”；请改成 2024-08 这样的写法',
    en: 'Expected a month such as 2024-08, got "{got}"; correct it',
  },
  'day-late': {
    zh: '应为 {latest} 以前的日期，实为“{got}”；请检查年份',
    en: 'Expected a day up to {latest}, got "{got}"; look at its year',
  },
  year: { zh: '应为四位数的年份，实为“{got}”；请改正', en: 'Expected a year of four digits, got {got}; correct it' },
  // Persons
  'id-rounded': {
    zh: '应为完整的身份证号，实为被电子表格改成科学计数的数；请把该列设为文本，重新录入尾数',
    en: 'Expected an ID number, got one that a spreadsheet rounded; save that column as text',
  },
  'id-masked': {
    zh: '应为完整的身份证号，实为打了星号的；请填完整号码，或对表头时选“不要这一列”',
    en: 'Expected a whole ID number, got a masked one; map its heading to nothing',
  },
  'id-length': {
    zh: '应为 18 位或 15 位的身份证号（或带字母的证件号），实为 {count} 个字符；请对照证件改正',
    en: 'Expected an ID number of 18 or 15 digits or with letters, got {count} characters; correct it',
  },
  'looks-id': {
    zh: '应为要公开的文字，实为像身份证号的内容；请删去号码',
    en: 'Expected text without personal numbers, got what looks like an ID number; take it out',
  },
  'looks-account': {
    zh: '应为要公开的文字，实为像银行账号的内容；请删去号码',
    en: 'Expected text without personal numbers, got what looks like a bank account; take it out',
  },
  'looks-phone': {
    zh: '应为要公开的文字，实为像电话号码的内容；请删去号码',
    en: 'Expected text without personal numbers, got what looks like a phone; take it out',
  },
  'looks-address': {
    zh: '应为姓名或单位，实为像住址的内容；请只写姓名或单位',
    en: 'Expected a name, got what looks like an address; write the name alone',
  },
  name: { zh: '应为姓名，实为“{got}”；请改正', en: 'Expected a name, got "{got}"; correct it' },
  'nobody-in-particular': {
    zh: '应有身份证号或村名，实为只有姓名；请补上其中一样，单凭姓名认不准人',
    en: 'Expected an ID number or a village, got neither: a name alone is nobody in particular; add one',
  },
  // Places and funds
  'not-a-village': {
    zh: '应为村或社区，实为{name}（{got}）；请改成村',
    en: 'Expected a village, got {name} ({got}); name the village',
  },
  'village-code': {
    zh: '应为本县某村的 12 位代码，实为“{got}”；请对照区划代码表改正',
    en: 'Expected the 12-digit code of a village of the county, got "{got}"; correct it',
  },
  village: {
    zh: '应为本县的村或社区，实为“{got}”；请改成规范村名或 12 位代码',
    en: 'Expected a village of the county, got "{got}"; correct it',
  },
  'village-in': {
    zh: '应为“{township}”的村或社区，实为“{got}”；请核对乡镇和村名',
    en: 'Expected a village of the county, got "{got}" in "{township}"; correct one of them',
  },
  'village-of-several': {
    zh: '应能确定是哪个村，实为几个村同名的“{got}”（{codes}）；请改用 12 位代码，或加一列乡镇',
    en: 'Expected one village, but "{got}" is the name of {codes}; give the code or the township',
  },
  'foreign-village': {
    zh: '应为本乡镇（{own}）的村，实为 {got}；请删去外乡镇的行，或交县里导入',
    en: 'Expected a village of your own township ({own}), got {got}; take the row out',
  },
  fund: {
    zh: '应为资金目录里的资金，实为“{got}”；请改成目录里的名称或编号，或先导入资金目录',
    en: 'Expected a fund of the catalogue, got "{got}"; add it with "import funds"',
  },
  'fund-of-several': {
    zh: '应能确定是哪项资金，实为几项同名的“{got}”（{codes}）；请改用编号',
    en: 'Expected one fund, but "{got}" is the name of {codes}; give the code',
  },
  body: {
    zh: '应为本县的地区或部门（代码、全名，或 dept: 加部门名），实为“{got}”；请改成全名',
    en: 'Expected a place\'s code, dept:name for a department, or the exact name of a place or department of the county, got "{got}"; correct it',
  },
  place: {
    zh: '应为本县地区的代码，实为“{got}”；请改成代码',
    en: 'Expected the code of a place of the county, got "{got}"; correct it',
  },
  'foreign-place': {
    zh: '应为本乡镇（{own}）的地区，实为“{got}”；请改正，或交县里导入',
    en: 'Expected a place of your own township ({own}), got "{got}"; correct it',
  },
  'county-itself': {
    zh: '应为乡镇或村，实为县本级；请删去这一行',
    en: 'Expected a township or a village, got the county itself; take the row out',
  },
  'place-code': {
    zh: '应为以上级代码开头的 {digits} 位数字，实为“{got}”（上级“{parent}”）；请对照区划代码表改正',
    en: 'Expected {digits} digits that begin with the parent\'s, got "{got}" under "{parent}"; correct it',
  },
  'parent-county': {
    zh: '应为县的代码，实为“{got}”；请改正上级代码',
    en: 'Expected the code of a county known by now, got "{got}"; correct it',
  },
  'parent-township': {
    zh: '应为已有乡镇的代码，实为“{got}”；请改正，或先导入该乡镇',
    en: 'Expected the code of a township known by now, got "{got}"; correct it, or import it first',
  },
  'code-spaces': {
    zh: '应为没有空格的编号，实为带空格的“{got}”；请删去空格',
    en: 'Expected a code without spaces, got "{got}"; take them out',
  },
  marks: {
    zh: '应为“条款: [资金编号]”的对照，实为另一种写法；请按 docs/fields.md 的例子改',
    en: 'Expected lists of funds by clause, got something else; see docs/fields.md',
  },
  reversal: {
    zh: '应为负数（状态是冲销），实为正数；请在金额前加负号，或改状态',
    en: 'Expected a negative amount for a reversal (冲销), got a positive one; correct one of them',
  },
  // The sheet itself
  'formula-without-value': {
    zh: '应有算好的数，实为没有结果的公式“{got}”；请打开文件等它算完，保存后再传',
    en: 'Expected a value, got a formula without one ({got}); open the file, let it calculate, and save it',
  },
  'error-value': {
    zh: '应为内容，实为电子表格的错误“{got}”；请改正公式或直接填数',
    en: "Expected a value, got the spreadsheet's error {got}; correct the formula",
  },
  scaled: {
    zh: '应为看到什么就存着什么的格子，实为存着 {held} 却显示“{shown}”；请把该列改成常规数字格式',
    en: 'Expected a cell that shows what it holds, got one that holds {held} and shows "{shown}"; give its column a plain number format',
  },
  'under-blank-heading': {
    zh: '应为空（这一列没有表头），实为“{got}”；请给这一列加表头，或删去内容',
    en: 'Expected an empty cell under an empty heading, got text; give the column a heading',
  },
  'row-width': {
    zh: '应为 {expected} 格（和表头一样），实为 {count} 格；请检查这一行有没有多出的格子或缺了逗号、引号',
    en: 'Expected {expected} cells as in the heading row, got {count}; look for a stray or missing separator',
  },
  'json-line': {
    zh: '应为一行一个 JSON 对象，实为别的内容；请改正这一行',
    en: 'Expected a JSON object on the line, got something else; correct it',
  },
} as const
