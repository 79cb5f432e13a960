// One thing to fill in: its name, its help and what is wrong with it, tied together for everybody's ears.
import './field.css'
import { type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes, useId } from 'react'

interface Around {
  label: string
  help?: string
  /** What is wrong, in words that say what to do. */
  error?: string | null
}
interface InputProps extends Around, Omit<InputHTMLAttributes<HTMLInputElement>, 'id'> {}
interface AreaProps extends Around, Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id'> {}

export function Field({ label, help, error, ...input }: InputProps) {
  const id = useId()
  return (
    <FieldFrame id={id} label={label} help={help} error={error}>
      <input {...input} id={id} className="c-input" {...describedBy(id, help, error)} />
    </FieldFrame>
  )
}

export function TextField({ label, help, error, ...area }: AreaProps) {
  const id = useId()
  return (
    <FieldFrame id={id} label={label} help={help} error={error}>
      <textarea {...area} id={id} className="c-input" {...describedBy(id, help, error)} />
    </FieldFrame>
  )
}

/** Attributes that tie an input to its help and its error. */
export function describedBy(id: string, help?: string, error?: string | null) {
  const parts = [help === undefined ? '' : `${id}-help`, error == null ? '' : `${id}-error`].filter(
    (part) => part !== '',
  )
  return {
    'aria-describedby': parts.length === 0 ? undefined : parts.join(' '),
    'aria-invalid': error == null ? undefined : true,
  }
}

export function FieldFrame(props: {
  id: string
  label: string
  help: string | undefined
  error: string | null | undefined
  children: ReactNode
}) {
  const { id, label, help, error, children } = props
  return (
    <div className="c-field">
      <label htmlFor={id}>{label}</label>
      {children}
      {help !== undefined && (
        <p id={`${id}-help`} className="c-field-help">
          {help}
        </p>
      )}
      {error != null && (
        <p id={`${id}-error`} className="c-field-error">
          {error}
        </p>
      )}
    </div>
  )
}
