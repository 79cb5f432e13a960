// Pictures: what waits for a look, what was looked at, and handing new ones over.
import './pictures.css'
import { useState } from 'react'
import type { PictureView } from '../../contract/console/pictures.ts'
import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { ErrorNotice, Notice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { hasRole, useActor } from '../parts/session.tsx'
import { Tabs } from '../parts/Tabs.tsx'
import { AddPictures } from './AddPictures.tsx'
import { PictureDialog } from './PictureDialog.tsx'
import { PICTURES, type QueueState, usePictures } from './queries.ts'

const PAGE = 60
type Part = QueueState | 'add'

export function PicturesPage() {
  const [part, setPart] = useState<Part>('waiting')
  const mayAdd = hasRole(useActor(), ['operator'])
  const add = { key: 'add', title: '导入图片' } as const
  const tabs = [
    { key: 'waiting', title: '待看' } as const,
    { key: 'looked', title: '已看过' } as const,
    ...(mayAdd ? [add] : []),
  ]
  return (
    <div className="c-stack">
      <PageHead
        title="图片审看"
        about="项目照片和票据影像，由导入人以外的人看过、确认没有号码和人脸，才会公开。原图只留在县办公室。"
      />
      <Tabs label="图片" tabs={tabs} chosen={part} onChoose={setPart}>
        {part === 'add' ? <AddPictures /> : <Queue key={part} state={part} />}
      </Tabs>
    </div>
  )
}

function Queue({ state }: { state: QueueState }) {
  const [offset, setOffset] = useState(0)
  const [open, setOpen] = useState<string | null>(null)
  const [saved, setSaved] = useState(false)
  const list = usePictures(state, offset)
  const pictures = list.data?.pictures ?? []
  const shown = pictures.find(({ hash }) => hash === open)
  const total = list.data?.[state] ?? 0
  return (
    <div className="c-stack">
      <ErrorNotice error={list.error} />
      {saved && <Notice kind="good">遮盖已烧进图片，原图没有变；请再看一遍后确认。</Notice>}
      {list.data !== undefined && pictures.length === 0 && (
        <Empty>{state === 'waiting' ? '没有等着看的图片。' : '还没有看过的图片。'}</Empty>
      )}
      <ul className="pictures-list" aria-label={state === 'waiting' ? '待看的图片' : '已看过的图片'}>
        {pictures.map((picture) => (
          <li key={picture.hash}>
            <Thumbnail picture={picture} onOpen={() => setOpen(picture.hash)} />
          </li>
        ))}
      </ul>
      {total > PAGE && (
        <div className="c-row">
          <Button disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - PAGE))}>
            上一页
          </Button>
          <span>
            第 {offset + 1}–{Math.min(total, offset + PAGE)} 张，共 {total} 张
          </span>
          <Button disabled={offset + PAGE >= total} onClick={() => setOffset(offset + PAGE)}>
            下一页
          </Button>
        </div>
      )}
      {shown !== undefined && (
        <PictureDialog
          key={shown.hash}
          picture={shown}
          onClose={(next) => {
            setSaved(next !== null)
            setOpen(next)
          }}
        />
      )}
    </div>
  )
}

function Thumbnail({ picture, onOpen }: { picture: PictureView; onOpen: () => void }) {
  const { hash, caption, shownBy, mayLook, lookedBy, lookedOn } = picture
  return (
    <button type="button" className="pictures-thumb" onClick={onOpen}>
      <img src={`${PICTURES}/${hash}/bytes`} alt="" loading="lazy" />
      <strong>{caption === '' ? '没有说明' : caption}</strong>
      <span>{shownBy[0] ?? '没有凭证或项目用它'}</span>
      {lookedBy !== '' && (
        <span>
          {lookedBy} {lookedOn}
        </span>
      )}
      {lookedBy === '' && !mayLook && <span>您导入的，由别人看</span>}
    </button>
  )
}
