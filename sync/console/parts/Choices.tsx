// Several from a few: check boxes under one name.
import './field.css'

export function Choices<T extends string>(props: {
  legend: string
  options: readonly { value: T; title: string }[]
  chosen: readonly T[]
  onChange: (chosen: T[]) => void
}) {
  const { legend, options, chosen, onChange } = props
  return (
    <fieldset className="c-choices">
      <legend>{legend}</legend>
      {options.map(({ value, title }) => (
        <label key={value}>
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, value] : chosen.filter((other) => other !== value))
            }
          />
          {title}
        </label>
      ))}
    </fieldset>
  )
}
