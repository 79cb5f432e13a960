// Which two versions: named by their days, and a choice of tiles where there are more than two.
import type { ReactNode } from 'react'
import type { DocumentRow } from '../../../sync/contract/rows.ts'
import { Tile } from '../../hall/Tile.tsx'
import { longDay } from '../../text/dates.ts'
import type { Text } from '../../text/text.ts'
import { useText } from '../../text/use-text.tsx'

export interface VersionChoiceProps {
  older: DocumentRow
  newer: DocumentRow
  versions: readonly DocumentRow[]
  onChoose: (left: string, right: string) => void
}

export function VersionChoice(props: VersionChoiceProps): ReactNode {
  const text = useText()
  const { older, newer, versions } = props
  if (versions.length <= 2)
    return (
      <div className="versions-pair">
        <Named side={text('policies.older')} document={older} />
        <Named side={text('policies.newer')} document={newer} />
      </div>
    )
  const ordered = versions.toSorted((a, b) => a.version - b.version)
  return (
    <>
      <Tiles
        title={text('policies.chooseOlder')}
        versions={ordered.filter((version) => version.version < newer.version)}
        chosen={older.index}
        onTap={(index) => props.onChoose(index, newer.index)}
      />
      <Tiles
        title={text('policies.chooseNewer')}
        versions={ordered.filter((version) => version.version > older.version)}
        chosen={newer.index}
        onTap={(index) => props.onChoose(older.index, index)}
      />
    </>
  )
}

function Named(props: { side: string; document: DocumentRow }): ReactNode {
  const text = useText()
  const { document } = props
  return (
    <div className="versions-named">
      <span className="versions-side">{props.side}</span>
      <span>{since(text, document)}</span>
      <span className="second">{document.number === '' ? text('policies.noNumber') : document.number}</span>
    </div>
  )
}

function Tiles(props: {
  title: string
  versions: readonly DocumentRow[]
  chosen: string
  onTap: (index: string) => void
}): ReactNode {
  const text = useText()
  return (
    <section className="stack">
      <p className="second">{props.title}</p>
      <div className="grid3">
        {props.versions.map((version) => (
          <Tile
            key={version.index}
            name={text('policies.versionName', { version: version.version })}
            sub={since(text, version)}
            chosen={version.index === props.chosen}
            onTap={() => props.onTap(version.index)}
          />
        ))}
      </div>
    </section>
  )
}

function since(text: Text, document: DocumentRow): string {
  return document.inForce === null
    ? text('policies.fromUnknown')
    : text('policies.from', { day: longDay(document.inForce, text.language) })
}
