// From one page of a long list to the next.
import { Button } from '../parts/Button.tsx'

export function Pages(props: {
  label: string
  from: number
  size: number
  total: number
  onMove: (from: number) => void
}) {
  const { label, from, size, total, onMove } = props
  if (total <= size) return null
  return (
    <nav className="c-row" aria-label={`${label}翻页`}>
      <Button busy={from === 0} onClick={() => onMove(Math.max(0, from - size))}>
        上一页
      </Button>
      <span>
        第 {from + 1}–{Math.min(from + size, total)} 行，共 {total.toLocaleString('zh-CN')} 行
      </span>
      <Button busy={from + size >= total} onClick={() => onMove(from + size)}>
        下一页
      </Button>
    </nav>
  )
}
