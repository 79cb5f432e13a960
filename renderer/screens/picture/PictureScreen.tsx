// One picture over the whole content, larger and smaller by keys; no pinch, only tap and scroll.
import { type CSSProperties, type ReactNode, useState } from 'react'
import { Said } from '../../hall/Answered.tsx'
import { Key } from '../../hall/Key.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { usePicture } from '../../hall/StoredPicture.tsx'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import './picture.css'

/** Percent of the fitting size, step by step. */
const STEPS = [100, 150, 200, 300, 400] as const

export function PictureScreen(props: ScreenProps<'picture'>): ReactNode {
  const { place, data } = props
  const text = useText()
  const [step, setStep] = useState(0)
  const url = usePicture(place.hash, data.picture)
  const percent = STEPS[step] ?? 100
  return (
    <Screen
      name="picture"
      foot={
        url ? (
          <>
            <Key
              icon="plus"
              word={text('finance.bigger')}
              dashed={step === STEPS.length - 1}
              onTap={() => setStep(step + 1)}
            />
            <Key icon="minus" word={text('finance.smaller')} dashed={step === 0} onTap={() => setStep(step - 1)} />
          </>
        ) : undefined
      }
    >
      <header className="picture-head">
        <h1>{place.caption}</h1>
        {url ? <span className="second">{text('finance.zoom', { percent })}</span> : null}
      </header>
      {url === null ? (
        <Said icon="picture" head={text('finance.notKeptTitle')} says={text('finance.notKeptMore')} />
      ) : null}
      {url ? <Zoomed url={url} caption={place.caption} percent={percent} /> : null}
    </Screen>
  )
}

function Zoomed(props: { url: string; caption: string; percent: number }): ReactNode {
  const style: CSSProperties & Record<'--zoom', string> = { '--zoom': String(props.percent / 100) }
  return (
    <div className="picture-window">
      <img className="picture-image" src={props.url} alt={props.caption} draggable={false} style={style} />
    </div>
  )
}
