// One picture, large: black out what must not be seen, then say that no number and no face is left.
import { useReducer, useState } from 'react'
import type { PictureView } from '../../contract/console/pictures.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { ErrorNotice, Notice } from '../parts/Notice.tsx'
import { hasRole, useActor } from '../parts/session.tsx'
import { Canvas } from './Canvas.tsx'
import { Parts } from './Parts.tsx'
import { useBlackOut, useLook } from './queries.ts'
import { drawing, startDrawing } from './rectangles.ts'

export function PictureDialog({ picture, onClose }: { picture: PictureView; onClose: (next: string | null) => void }) {
  const [now, step] = useReducer(drawing, startDrawing(picture.rectangles))
  const [size, setSize] = useState({ width: picture.width, height: picture.height })
  const actor = useActor()
  const mayDraw = hasRole(actor, ['operator', 'reviewer'])
  const blackOut = useBlackOut(picture.hash)
  const changed = now.before.length > 0
  return (
    <Dialog title={picture.caption} wide onClose={() => onClose(null)}>
      <div className="pictures-open">
        <Canvas
          picture={picture}
          size={size}
          onSize={setSize}
          parts={now.parts}
          onDraw={mayDraw ? (part) => step({ type: 'add', part }) : null}
        />
        <div className="c-stack pictures-side">
          <Facts picture={picture} />
          {mayDraw && (
            <>
              <Parts parts={now.parts} size={size} onStep={step} />
              <div className="c-row">
                <Button disabled={!changed} onClick={() => step({ type: 'undo' })}>
                  撤销一步
                </Button>
                <Button
                  disabled={!changed}
                  busy={blackOut.isPending}
                  onClick={() => blackOut.mutate(now.parts, { onSuccess: ({ hash }) => onClose(hash) })}
                >
                  保存遮盖
                </Button>
              </div>
            </>
          )}
          <ErrorNotice error={blackOut.error} />
          <Look picture={picture} changed={changed} onDone={() => onClose(null)} />
          <Button onClick={() => onClose(null)}>关闭</Button>
        </div>
      </div>
    </Dialog>
  )
}

function Facts({ picture }: { picture: PictureView }) {
  const { shownBy, file, addedName, addedAt, lookedBy, lookedOn, published } = picture
  return (
    <dl className="pictures-facts">
      <dt>用在</dt>
      <dd>{shownBy.length === 0 ? '没有凭证或项目用它' : shownBy.join('；')}</dd>
      <dt>文件</dt>
      <dd>{file === '' ? '示例' : file}</dd>
      <dt>导入</dt>
      <dd>{addedName === '' ? '—' : `${addedName} ${addedAt.slice(0, 10)}`}</dd>
      <dt>看过</dt>
      <dd>{lookedBy === '' ? '还没有人看过' : `${lookedBy} ${lookedOn ?? ''}`}</dd>
      {published !== null && lookedBy !== '' && (
        <>
          <dt>公开</dt>
          <dd>第 {published} 期起。现在遮盖，要发布新的一期才生效；已泄露号码或人脸的，请撤回那一期。</dd>
        </>
      )}
    </dl>
  )
}

function Look({ picture, changed, onDone }: { picture: PictureView; changed: boolean; onDone: () => void }) {
  const [sure, setSure] = useState(false)
  const look = useLook(picture.hash)
  const actor = useActor()
  if (picture.lookedBy !== '' || !hasRole(actor, ['reviewer'])) return null
  if (!picture.mayLook) return <Notice kind="warn">这张图片是您导入的，要由另一个人来看。</Notice>
  if (changed) return <Notice kind="warn">先保存遮盖，或撤销，再确认。</Notice>
  return (
    <form
      className="c-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (sure) look.mutate(undefined, { onSuccess: onDone })
      }}
    >
      <label className="pictures-sure">
        <input type="checkbox" required checked={sure} onChange={({ target }) => setSure(target.checked)} />
        我看过整张图片：没有身份证号、账号、电话号码，没有能认出的人脸
      </label>
      <ErrorNotice error={look.error} />
      <Button type="submit" kind="main" busy={look.isPending}>
        可以公开
      </Button>
    </form>
  )
}
