// Surname of a person's name: two characters for the compound surnames still in use, else the first.

const COMPOUND: ReadonlySet<string> = new Set(
  (
    '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 ' +
    '申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 令狐 呼延'
  ).split(' '),
)

/** '' for an empty name. A compound surname counts only where a given name follows it. */
export function surnameOf(name: string): string {
  const characters = [...name]
  const two = characters.slice(0, 2).join('')
  return characters.length > 2 && COMPOUND.has(two) ? two : (characters[0] ?? '')
}
