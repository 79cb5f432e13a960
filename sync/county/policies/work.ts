// Which documents are versions of one policy: the same title, whatever note of revision stands behind it.

/** The shared name of a policy's versions, from a title: '…条例（2020年修正）' and '…条例' are one work. */
export function workOf(title: string): string {
  return title
    .replaceAll('（', '(')
    .replaceAll('）', ')')
    .replace(/\s+/g, '')
    .replace(
      /\((?:(?:19|20)\d{2}年?)?(?:\d{1,2}月\d{1,2}日)?(?:第[一二三四五六七八九十]+次)?(?:修正|修订|修改|公布)(?:文本|版|本)?\)$/,
      '',
    )
}
