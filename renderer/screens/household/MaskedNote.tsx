// The note on masked funds: the same under every household, whatever it received, so that it tells nothing (P5).
import type { ReactNode } from 'react'
import { Key } from '../../hall/Key.tsx'
import { Pictogram } from '../../hall/Pictogram.tsx'
import { useText } from '../../text/use-text.tsx'

export function MaskedNote(props: { onWhy: () => void }): ReactNode {
  const text = useText()
  return (
    <aside className="masked-note">
      <Pictogram name="lock" />
      <p>{text('funds.maskedNote')}</p>
      <Key icon="question" word={text('funds.maskedNoteKey')} onTap={props.onWhy} />
    </aside>
  )
}
