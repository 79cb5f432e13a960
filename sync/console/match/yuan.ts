// Amounts as people read them.

/** Fen as yuan: '1,234.50'. */
export function yuan(fen: number): string {
  return (fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2 })
}
