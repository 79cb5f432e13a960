// Which sheets of a workbook are taken: a tick each, all at one press. What they are called is told exactly as it stands.
import { useState } from 'react'
import type { Peek } from '../../contract/console/imports.ts'
import { Button } from '../parts/Button.tsx'

export function SheetChoice({ peek, onSheets }: { peek: Peek; onSheets: (sheets: readonly string[]) => void }) {
  const [chosen, setChosen] = useState<readonly string[]>(peek.chosen)
  const shown = peek.sheets.filter(({ hidden }) => !hidden).map(({ name }) => name)
  const toggle = (name: string, on: boolean): void =>
    setChosen(on ? [...chosen, name] : chosen.filter((other) => other !== name))
  const changed = chosen.length !== peek.chosen.length || chosen.some((name) => !peek.chosen.includes(name))
  return (
    <fieldset className="imports-sheets">
      <legend>
        导入哪些工作表（共 {peek.sheets.length} 张，已选 {chosen.length} 张）
      </legend>
      <ul>
        {peek.sheets.map(({ name, hidden }) => (
          <li key={name}>
            <label>
              <input
                type="checkbox"
                checked={chosen.includes(name)}
                onChange={({ target }) => toggle(name, target.checked)}
              />
              {name}
              {hidden && '（隐藏）'}
            </label>
          </li>
        ))}
      </ul>
      <div className="c-row">
        <Button onClick={() => setChosen(shown)}>全选（不含隐藏的）</Button>
        <Button onClick={() => setChosen([])}>全不选</Button>
        <Button kind={changed ? 'main' : 'plain'} busy={chosen.length === 0} onClick={() => onSheets(chosen)}>
          看所选工作表的表头
        </Button>
      </div>
    </fieldset>
  )
}
