// Why a whole file is refused, in the words of both readers (`cell-reasons.ts`).

export const FILE_REASONS = {
  // What the file is
  'file-missing': {
    zh: '应有要导入的文件，实为找不到；请重新选择文件',
    en: 'Expected a file to import, found none at {path}; check the path',
  },
  'file-kind': {
    zh: '应为 .xlsx、.csv 或 .jsonl 文件（政策也可用 .docx、.txt），实为“{file}”；请另存为其中一种',
    en: 'Expected a file named .csv, .jsonl, .xlsx, .csv.gz or .jsonl.gz (policies also .docx and .txt), got {file}; rename or convert it',
  },
  'file-kind-old': {
    zh: '应为 .xlsx，实为 2007 年以前的 .xls；请用 Excel 或 WPS 打开后另存为 .xlsx',
    en: 'Expected a file named .csv, .jsonl, .xlsx, .csv.gz or .jsonl.gz, got a workbook of the kind before 2007; save it as .xlsx',
  },
  'file-kind-wps': {
    zh: '应为 .xlsx，实为 WPS 自己的格式 {ending}；请用 WPS 打开后另存为 .xlsx',
    en: 'Expected a file named .csv or .xlsx, got a file of WPS ({ending}); save it as .xlsx',
  },
  'file-large': {
    zh: '应为最大 {most} GB 的文件，实为 {bytes} 字节；请拆成几个再传',
    en: 'Expected a file of at most {most} GB, got {bytes} bytes; split it',
  },
  'file-web-page': {
    zh: '应为工作簿或文档，实为网页（名字改成了表格）；请用 Excel 或 WPS 打开后另存为 .xlsx',
    en: 'Expected a workbook or document that can be read safely at {path}, got a web page (HTML) under its name; open it and save it as .xlsx',
  },
  'file-text': {
    zh: '应为工作簿或文档，实为纯文本；请把文件名改成 .csv 再传，或另存为 .xlsx',
    en: 'Expected a workbook or document that can be read safely at {path}, got plain text under its name; name it .csv, or save it as .xlsx',
  },
  'file-old': {
    zh: '应为 .xlsx 或 .docx，实为 2007 年以前的格式（.xls、.doc 或 WPS 的 .et、.wps）；请打开后另存为 .xlsx 或 .docx',
    en: 'Expected a workbook or document that can be read safely at {path}, got a file of the kind before 2007 (.xls, .doc, .et, .wps); save it as .xlsx or .docx',
  },
  'file-password': {
    zh: '应为能打开的文件，实为加了密码的；请去掉密码另存一份',
    en: 'Expected a workbook or document that can be read safely at {path}, got a file under a password; save it without one',
  },
  'file-damaged': {
    zh: '应为完好的文件，实为损坏的（{why}）；请从原处重新拷贝，或另存为 .csv',
    en: 'Expected a workbook or document that can be read safely at {path}, got a damaged file ({why}); copy it again from its source, or save the sheet as .csv',
  },
  'file-parts': {
    zh: '应为最多 {most} 个部件的文件，实为 {count} 个；请另存一份再传',
    en: 'Expected a workbook or document that can be read safely at {path}, got {count} parts, more than {most}; save it anew',
  },
  'file-part-twice': {
    zh: '应为各部件只出现一次的文件，实为“{part}”出现两次；请另存一份再传',
    en: 'Expected a workbook or document that can be read safely at {path}, got two parts named {part}; save the file anew',
  },
  'file-bomb': {
    zh: '应为正常压缩的文件，实为展开后大 {ratio} 倍以上的（压缩炸弹）；请不要打开，查明来源',
    en: 'Expected a workbook or document that can be read safely at {path}, got a part that unpacks to more than {ratio} times its size (a zip bomb); find out where it is from',
  },
  'file-unpacked': {
    zh: '应为展开后最大 {most} MB 的工作簿，实为更大的；请另存为 CSV，CSV 可以更大',
    en: 'Expected a workbook or document that can be read safely at {path}, got more than {most} MB once unpacked; save the sheet as CSV, which may be larger',
  },
  'not-a-workbook': {
    zh: '应为 .xlsx 工作簿，实为别的压缩文件；请另存为 .xlsx',
    en: 'Expected an XLSX workbook at {path}, got another kind of zip file; save it as .xlsx',
  },
  'not-a-document': {
    zh: '应为 Word 文档，实为别的压缩文件；请另存为 .docx',
    en: 'Expected a Word document at {path}, got another kind of zip file; save it as .docx',
  },
  'workbook-unreadable': {
    zh: '应为能读的工作簿，实为读不出的（{why}）；请打开后另存为 .xlsx',
    en: "Expected an XLSX workbook at {path}, got one that can't be read ({why}); save it anew as .xlsx",
  },
  // Text files
  'text-zip': {
    zh: '应为文本，实为压缩包或 Excel 文件；请把文件名改成 .xlsx，或另存为 CSV（UTF-8）',
    en: 'Expected text in {path}, got a zip or XLSX file; name it .xlsx, or save the sheet as CSV in UTF-8',
  },
  'text-gzip': {
    zh: '应为文本，实为 gzip 压缩文件；请把文件名改成 .csv.gz 或 .jsonl.gz',
    en: 'Expected text in {path}, got a gzip file; name it .csv.gz or .jsonl.gz',
  },
  'text-old': {
    zh: '应为文本，实为 2007 年以前的表格或文档；请打开后另存为 .xlsx',
    en: 'Expected text in {path}, got a file of the kind before 2007; save it as .xlsx',
  },
  'text-web-page': {
    zh: '应为逗号分隔的文本，实为网页；请用 Excel 或 WPS 打开后另存为 .xlsx',
    en: 'Expected text in {path}, got a web page (HTML); open it and save it as .xlsx',
  },
  'text-large': {
    zh: '应为展开后最大 {most} GB 的文本，实为更大的；请拆成几个再传',
    en: 'Expected at most {most} GB of text in {path}, got more; split it',
  },
  'text-unreadable': {
    zh: '应为能读的文件，实为读不出（{why}）；请从原处重新拷贝',
    en: 'Expected a readable file at {path}, got: {why}; copy it again from its source',
  },
  'gzip-unreadable': {
    zh: '应为完好的 gzip 文件，实为读不出（{why}）；请从原处重新拷贝',
    en: 'Expected a whole gzip file at {path}, got: {why}; copy it again from its source',
  },
  'text-nul': {
    zh: '应为文本，实为第 {line} 行附近有二进制内容；请另存为 CSV（UTF-8）',
    en: 'Expected text, got a NUL byte on line {line} of {path}; save it as CSV or JSON lines in UTF-8',
  },
  'text-encoding': {
    zh: '应为 UTF-8 或 GB18030 编码的文本，实为第 {line} 行附近有认不出的字节（{encoding}）；请另存为 UTF-8',
    en: 'Expected UTF-8 or GB18030 text, got bytes that are {encoding} near line {line} of {path}; save it anew in UTF-8',
  },
  'csv-fault': {
    zh: '应为规范的 CSV，实为第 {line} 行附近有错（{why}）；请改正那一行再传',
    en: 'Expected canonical CSV, got: {why} near line {line} in {path}; correct that line and import again',
  },
  'quote-open': {
    zh: '应为成对的引号，实为第 {line} 行前后有引号没有配对；请补上或删去那个引号',
    en: 'Expected quotes in pairs, got a quote that is never closed, before line {line} in {path}; close it or take it out',
  },
  'row-long': {
    zh: '应为最多 {most} 个字符的行，实为第 {line} 行附近更长；请检查那里的引号是否成对',
    en: 'Expected canonical CSV, got: a row of more than {most} characters near line {line} in {path}; look for a quote that is never closed',
  },
  'json-names': {
    zh: '应为最多 {most} 个字段名，实为第 {line} 行又有新的；请检查是否把内容写成了字段名',
    en: 'Expected at most {most} names in a file of JSON lines, got another on line {line} of {path}; correct it',
  },
  'json-empty': {
    zh: '应为 JSON 行，实为空文件；请检查文件',
    en: 'Expected JSON lines, got an empty file: {path}; check it',
  },
  'line-long': {
    zh: '应为最多 {most} 个字符的行，实为第 {line} 行更长；请检查文件',
    en: 'Expected lines of at most {most} characters, got a longer line {line} in {path}; check it',
  },
  // Sheets and headings
  'sheet-without-workbook': {
    zh: '应为工作簿才选工作表，实为“{file}”；请不要选工作表',
    en: 'Expected --sheet with a workbook (.xlsx), got {file}; leave it out',
  },
  'sheet-unknown': {
    zh: '应为工作簿里的工作表（{names}），实为“{got}”；请重新选择',
    en: 'Expected a sheet of the workbook ({names}) in --sheet, got "{got}"; choose again',
  },
  'sheets-suit': {
    zh: '应选定要导入的工作表，实为 {count} 张都合适（{names}）；请选一张，或选几张、全部一起导入',
    en: 'Expected one sheet to import, got {count} sheets that suit the table among {names}; choose with --sheet NAME, or take them in one go with --sheet all',
  },
  'sheets-none-suit': {
    zh: '应有适合这张表的工作表，实为一张也没有（{names}）；请检查表头或换一张表，或指定一张工作表',
    en: 'Expected one sheet to import, got no sheet that suits the table among {names}; choose one with --sheet NAME',
  },
  'sheet-refused': {
    zh: '应为每张都能读的工作表，实为“{sheet}”读不成（{why}）；请改好它，或不选它',
    en: 'Expected sheets that can all be read, got trouble in "{sheet}": {english}; mend it, or leave it out',
  },
  'heading-missing': {
    zh: '应有表头行，实为空文件；请检查文件',
    en: 'Expected a heading row, got an empty file: {path}; check it',
  },
  'rows-missing': {
    zh: '应在表头（{list}）下面有数据行，实为一行也没有；请检查是否选对了文件、表格是否已经填好',
    en: 'Expected rows below the headings ({list}), got none; check that it is the right file, and that it was filled in',
  },
  'heading-row': {
    zh: '应在前 {most} 行里有表头，实为第 {row} 行是空行或太靠后；请改正行号',
    en: 'Expected headings within the first {most} lines, got an empty or later row {row} in --header; correct it',
  },
  'headings-unknown': {
    zh: '应为“{table}”认得的表头，实为不认得的 {list}；请在“对表头”里逐个选字段，或选“不要这一列”',
    en: 'Expected headings of the table {name}, got unknown {list}; map each with --map heading=field or drop it with --map heading= (fields: {fields})',
  },
  'headings-missing': {
    zh: '应有每行必填的字段，实为缺少 {missing}（文件里的表头：{list}）；请对上表头，或填一个整张表都一样的值',
    en: 'Expected headings for every field that a row of {name} must have, missed {fields}; the file has {list}; give --map heading=field or --set field=value',
  },
  'headings-twice': {
    zh: '应为一个字段对一个表头，实为“{first}”和“{second}”都对上了“{title}”；请把其中一个选成“不要这一列”',
    en: 'Expected one heading for the field {field}, got "{first}" and "{second}"; map one of them to nothing: --map "{second}="',
  },
  'headings-alike': {
    zh: '应为各不相同的表头，实为两列都叫“{first}”；请在文件里改一个的名字',
    en: 'Expected one heading for the field {field}, got "{first}" twice; rename one of them in the file',
  },
  'field-unknown': {
    zh: '应为“{table}”的字段，实为“{got}”；请从列出的字段里选',
    en: 'Expected a field of the table {name}, got "{got}"; its fields: {fields}',
  },
  'year-set': {
    zh: '应为四位数的年份，实为“{got}”；请改正“年份”',
    en: 'Expected a year of four digits in --set year=…, got "{got}"; correct it',
  },
  'value-set': {
    zh: '应为“{field}”能读的值，实为“{got}”（{why}）；请改正整张表都一样的值',
    en: 'Expected a value that can be read in --set {name}=…, got: {english}; correct it',
  },
  'maps-unused': {
    zh: '应为文件里有的表头，实为没有 {list}（文件里有：{headings}）；请重新看表头',
    en: 'Expected the mapped headings in the file, missed {list}; it has {headings}; correct --map',
  },
  'money-unit': {
    zh: '应为以元或万元计的金额，实为表头上方写着“单位：{units}”；请换算后再传，或改正那一行',
    en: 'Expected money in 元 or in 万元, got 单位：{units} above the headings; convert the sheet, or correct that line',
  },
  'columns-many': {
    zh: '应为最多 {most} 列，实为第 {row} 行有 {count} 列；请删去多余的列',
    en: 'Expected at most {most} columns, got {count} in row {row}; take some out',
  },
  'merges-many': {
    zh: '应为最多 {most} 处合并，实为 {count} 处；请取消合并再传',
    en: 'Expected at most {most} merged ranges, got {count}; split them',
  },
  // Policies
  'policy-table': {
    zh: '应为表格（.xlsx 或 .csv），实为“{file}”；请另存为表格，.docx 和 .txt 只用于政策',
    en: 'Expected .docx and .txt for the table policies only, got {file} for {name}; save it as a sheet',
  },
  'policy-title': {
    zh: '应在开头几行有政策标题，实为看不出哪行是标题；请在“标题”里填上',
    en: "Expected the policy's title among the first lines of {path}, got none that is clear; give it with --set title=…",
  },
  'policy-large': {
    zh: '应为最大 {most} MB 的政策，实为更大的；请检查是不是别的文件',
    en: 'Expected a policy of at most {most} MB, got more in {path}; check it',
  },
  // Whole or not at all
  'rows-refused': {
    zh: '应为没有拒收行的文件（选的是整个入库），实为拒收 {count} 行，什么也没有入库；请改好再传，或选只入库好的行',
    en: 'Expected a file without a refused row for --take whole, got {count} of them; nothing was taken; mend them, or choose --take part',
  },
  // Whose rows
  'not-a-townships-table': {
    zh: '应为按村记账的表（乡镇账号只能导入这些），实为“{table}”；请交县里导入',
    en: "Expected a table whose rows are a village's from an account of a township, got {name}; ask the county office",
  },
} as const
