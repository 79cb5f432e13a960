// The inspector loads the key file and opens it with its passphrase. Both stay in this page's memory and go with it.
import { type FormEvent, useState } from 'react'
import type { OpeningKey } from '../../contract/inbox.ts'
import { Button } from '../parts/Button.tsx'
import { Field } from '../parts/Field.tsx'
import { Notice } from '../parts/Notice.tsx'
import { OpenError, openKeyFile } from './open.ts'

export function KeyPanel({ onOpen }: { onOpen: (keys: OpeningKey[]) => void }) {
  const [file, setFile] = useState<File | null>(null)
  const [passphrase, setPassphrase] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (file === null) return setError('请先选钥匙文件（opening-key.jwe）')
    setBusy(true)
    setError(null)
    try {
      onOpen(await openKeyFile(await file.text(), passphrase))
    } catch (thrown) {
      setError(thrown instanceof OpenError ? thrown.message : '钥匙文件读不出来，请检查U盘')
    } finally {
      setPassphrase('')
      setBusy(false)
    }
  }
  return (
    <form className="inbox-key" onSubmit={(event) => void submit(event)}>
      <Notice>
        信只能在这台电脑的这个页面里打开。钥匙、口令和信的内容都不会传给服务器；离开本页、切到别的窗口、或十分钟不动，都要重新开锁。
      </Notice>
      <Field
        label="钥匙文件"
        help="纪检监察U盘里的 opening-key.jwe"
        type="file"
        accept=".jwe"
        onChange={(event) => setFile(event.target.files?.[0] ?? null)}
      />
      <Field
        label="钥匙口令"
        type="password"
        autoComplete="off"
        value={passphrase}
        error={error}
        onChange={(event) => setPassphrase(event.target.value)}
      />
      <Button type="submit" kind="main" busy={busy}>
        {busy ? '正在开锁…' : '开锁'}
      </Button>
    </form>
  )
}
