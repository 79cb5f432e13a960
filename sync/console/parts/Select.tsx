// A choice of one from a list: the browser's own, which every keyboard and reader knows.
import { type SelectHTMLAttributes, useId } from 'react'
import { describedBy, FieldFrame } from './Field.tsx'

export interface SelectOption {
  value: string
  title: string
}
interface SelectProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id' | 'children'> {
  label: string
  options: readonly SelectOption[]
  help?: string
  error?: string | null
}

export function Select({ label, options, help, error, ...select }: SelectProps) {
  const id = useId()
  return (
    <FieldFrame id={id} label={label} help={help} error={error}>
      <select {...select} id={id} className="c-input" {...describedBy(id, help, error)}>
        {options.map(({ value, title }) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </select>
    </FieldFrame>
  )
}
