// A terminal without a config: lists the folders and sticks that the host has found, takes a signed config from one, and
// names each error by path in the page's language. Nothing changes unless the config is right (P2).
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import type { ConfigResult, HostState } from '../../../sync/contract/host-api.ts'
import { Said } from '../../hall/Answered.tsx'
import { Chip } from '../../hall/Chip.tsx'
import { Key } from '../../hall/Key.tsx'
import { Masthead } from '../../hall/Masthead.tsx'
import { WayRow } from '../../hall/Row.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { useText } from '../../text/use-text.tsx'
import './setup.css'

export interface Folder {
  folder: string
  config: boolean
  release: boolean
}
export interface SetupScreenProps {
  host: HostState
  listFolders: () => Promise<Folder[]>
  take: (folder: string) => Promise<ConfigResult>
}

type State =
  | { kind: 'looking' }
  | { kind: 'found' }
  | { kind: 'taking' }
  | { kind: 'answered'; result: ConfigResult }
  | { kind: 'failed' }

export function SetupScreen(props: SetupScreenProps): ReactNode {
  const text = useText()
  const { folders, state, look, choose } = useSetup(props)
  const { appVersion: version, runtime } = props.host
  return (
    <Screen
      name="setup"
      moreUnit={text('setup.places')}
      masthead={<Masthead over={text('setup.over')} aside={null} />}
      foot={<Key icon="turning" word={text('setup.again')} onTap={look} />}
    >
      <h1>{text('setup.title')}</h1>
      <p>{text('setup.says')}</p>
      <Outcome state={state} />
      <section>
        <SectionHead title={text('setup.found')} note={text('setup.program', { version, runtime })} />
        {folders.map((folder) => (
          <FolderRow key={folder.folder} folder={folder} onTap={() => choose(folder.folder)} />
        ))}
      </section>
      {folders.length === 0 && state.kind === 'found' ? (
        <Said icon="usb" head={text('setup.none')} says={text('setup.noneSays')} />
      ) : null}
    </Screen>
  )
}

function useSetup(props: SetupScreenProps) {
  const { listFolders, take } = props
  const [folders, setFolders] = useState<Folder[]>([])
  const [state, setState] = useState<State>({ kind: 'looking' })
  const look = useCallback(() => {
    listFolders().then(
      (found) => {
        setFolders(found)
        setState((was) => (was.kind === 'answered' ? was : { kind: 'found' }))
      },
      () => setState({ kind: 'failed' }),
    )
  }, [listFolders])
  useEffect(look, [look])
  const choose = (folder: string) => {
    setState({ kind: 'taking' })
    take(folder).then(
      (result) => setState({ kind: 'answered', result }),
      () => setState({ kind: 'failed' }),
    )
  }
  return { folders, state, look, choose }
}

function FolderRow(props: { folder: Folder; onTap: () => void }): ReactNode {
  const text = useText()
  const { folder, config, release } = props.folder
  const meta = (
    <>
      <Chip
        tone={config ? 'good' : 'off'}
        icon={config ? 'ticked' : 'minused'}
        word={text(config ? 'setup.config' : 'setup.noConfig')}
      />
      {release ? <Chip tone="good" icon="ticked" word={text('setup.release')} /> : null}
    </>
  )
  return <WayRow title={folder} meta={meta} onTap={props.onTap} />
}

function Outcome(props: { state: State }): ReactNode {
  const text = useText()
  const { state } = props
  if (state.kind === 'taking') return <p className="strong">{text('setup.taking')}</p>
  if (state.kind === 'failed') return <p className="setup-wrong strong">{text('setup.failed')}</p>
  if (state.kind !== 'answered') return null
  const { result } = state
  if (result.ok) return <p className="strong">{text('setup.taken', { terminal: result.terminal ?? '' })}</p>
  return (
    <section className="setup-wrong">
      <h2>{text('setup.refused')}</h2>
      <ul>
        {result.errors.map((error) => (
          <li key={`${error.path}${error.en}`}>
            <b>{error.path}</b> {text.language === 'en' ? error.en : error.zh}
          </li>
        ))}
      </ul>
    </section>
  )
}
