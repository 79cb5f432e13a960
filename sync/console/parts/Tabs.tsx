// Parts of one page side by side. Arrow keys move between them, as readers expect of tabs.
import './tabs.css'
import { type KeyboardEvent, type ReactNode, useId } from 'react'

export interface Tab<Key extends string> {
  key: Key
  title: string
}

export function Tabs<Key extends string>(props: {
  label: string
  tabs: readonly Tab<Key>[]
  chosen: Key
  onChoose: (key: Key) => void
  children: ReactNode
}) {
  const { label, tabs, chosen, onChoose, children } = props
  const id = useId()
  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const next = tabs[(tabs.findIndex(({ key }) => key === chosen) + step + tabs.length) % tabs.length]
    if (step === 0 || next === undefined) return
    event.preventDefault()
    onChoose(next.key)
    document.getElementById(`${id}-${next.key}`)?.focus()
  }
  return (
    <div>
      <div role="tablist" aria-label={label} className="c-tabs" onKeyDown={move}>
        {tabs.map(({ key, title }) => (
          <button
            key={key}
            id={`${id}-${key}`}
            type="button"
            role="tab"
            aria-selected={key === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={key === chosen ? 0 : -1}
            onClick={() => onChoose(key)}
          >
            {title}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen}`} className="c-tab-panel">
        {children}
      </div>
    </div>
  )
}
