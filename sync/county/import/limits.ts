// Every limit of an import in one place, each with its unit. They are generous to a real office and fatal to a bomb.

export const IMPORT_LIMITS = {
  /** Largest file taken at all, bytes: a plain CSV of 1.2 million payments has some 150 MB. */
  fileBytes: 2 * 1024 ** 3,
  /** Most text of a CSV or JSON lines file once unpacked, bytes: it is streamed, so only the disk limits it. */
  textBytes: 8 * 1024 ** 3,
  /** Most parts of a workbook or a DOCX; a workbook with a sheet for each of 243 villages has some 500. */
  archiveEntries: 4_000,
  /** Largest unpacked size of all parts together, bytes: some 200,000 rows of 12 cells. More goes as CSV, which streams. */
  unpackedBytes: 128 * 1024 ** 2,
  /** Most unpacked bytes for one packed byte, once a part is over `ratioFrom`: sheets of a real office stay below 40. */
  ratio: 200,
  /** Parts smaller than this may be packed as tightly as they like, bytes. */
  ratioFrom: 1024 ** 2,
  /** Most columns of a sheet: more is a damaged file. */
  columns: 1_000,
  /** Most merged ranges of a sheet. */
  merges: 200_000,
  /** Lines among which the headings are looked for. */
  headingLines: 30,
  /** Levels of headings: 补贴 over 金额 are two. */
  headingLevels: 3,
  /** Refused rows that the workbook of refused cells holds; the CSV beside it holds all. */
  workbookRows: 10_000,
  /** Refused cells listed in the report; the files hold all. */
  listedCells: 200,
  /** Skipped lines and totals kept in the report. */
  listedLines: 500,
  /** Largest DOCX or TXT of a policy, bytes. */
  policyBytes: 20 * 1024 ** 2,
} as const
