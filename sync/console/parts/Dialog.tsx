// A question over the page: the browser's own modal dialog, so that the keyboard stays inside and Escape closes it.
import './dialog.css'
import { type ReactNode, useEffect, useId, useRef } from 'react'

/** Mount it to open it; `onClose` must unmount it. */
export function Dialog(props: { title: string; onClose: () => void; children: ReactNode; wide?: boolean }) {
  const { title, onClose, children, wide = false } = props
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const open = dialog.current
    open?.showModal()
    return () => open?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={wide ? 'c-dialog c-dialog-wide' : 'c-dialog'}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  )
}
