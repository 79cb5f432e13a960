// Named or anonymous, with the difference said on the keys themselves; a pad of digits for the telephone number.
import type { ReactNode } from 'react'
import { Key } from '../../hall/Key.tsx'
import { type ChangeDraft, LONGEST_CONTACT, type ReportDraft } from '../../navigation/report.ts'
import { useText } from '../../text/use-text.tsx'

export interface ContactProps {
  draft: ReportDraft
  change: (change: ChangeDraft) => void
}

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

export function Contact(props: ContactProps): ReactNode {
  const text = useText()
  const { draft, change } = props
  return (
    <section className="report-group">
      <h2>{text('report.who')}</h2>
      <div className="report-who">
        <Key
          icon="lock"
          word={text('report.anonymous')}
          note={text('report.anonymousNote')}
          chosen={!draft.named}
          // Whoever takes the name back has left none: no digit stays behind.
          onTap={() => change((was) => ({ ...was, named: false, name: '', contact: '' }))}
        />
        <Key
          icon="phone"
          word={text('report.named')}
          note={text('report.namedNote')}
          chosen={draft.named}
          onTap={() => change((was) => ({ ...was, named: true }))}
        />
      </div>
      {draft.named ? <NumberAndName {...props} /> : null}
    </section>
  )
}

function NumberAndName({ draft, change }: ContactProps): ReactNode {
  const text = useText()
  const press = (digit: string) =>
    change((was) => ({ ...was, contact: (was.contact + digit).slice(0, LONGEST_CONTACT) }))
  return (
    <>
      {draft.names.length === 0 ? null : (
        <>
          <p>{text('report.name')}</p>
          <div className="report-phrases">
            {draft.names.map((name) => (
              <Key
                key={name}
                word={name}
                chosen={draft.name === name}
                onTap={() => change((was) => ({ ...was, name: was.name === name ? '' : name }))}
              />
            ))}
          </div>
        </>
      )}
      <p>{text('report.contact')}</p>
      <output className="report-number">{draft.contact === '' ? text('report.contactNone') : draft.contact}</output>
      <div className="report-digits">
        {DIGITS.map((digit) => (
          <Key key={digit} word={digit} onTap={() => press(digit)} />
        ))}
        <span />
        <Key word="0" onTap={() => press('0')} />
        <Key
          icon="erase"
          word={text('report.erase')}
          dashed={draft.contact === ''}
          onTap={() => change((was) => ({ ...was, contact: was.contact.slice(0, -1) }))}
        />
      </div>
    </>
  )
}
