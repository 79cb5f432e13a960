// The wall of townships in code order; one of them is open. The terminal's own is open at first and lies in the light.
import type { ReactNode } from 'react'
import type { PlaceCode, PlaceRow } from '../../../sync/contract/rows.ts'
import { Band } from '../../hall/SectionHead.tsx'
import { Tile } from '../../hall/Tile.tsx'
import { useText } from '../../text/use-text.tsx'
import type { Choice } from './PlaceScreen.tsx'
import { splitName } from './village-search.ts'

export interface ByTownshipProps {
  choice: Choice
  /** Township opened by a tap; null for the terminal's own. */
  open: PlaceCode | null
  onOpen: (township: PlaceCode | null) => void
}

export function ByTownship(props: ByTownshipProps): ReactNode {
  const text = useText()
  const { choice } = props
  const open = choice.townships.find((township) => township.code === (props.open ?? choice.ownTownship))
  const others = choice.townships.filter((township) => township !== open)
  return (
    <>
      {open === undefined ? null : <Villages choice={choice} township={open} />}
      <section className="stack">
        <h2 className="place-head">
          {open === undefined ? text('place.all') : text('place.others')}
          <span className="second">{text('place.othersNote', { count: others.length })}</span>
        </h2>
        <div className="tiles">
          {others.map((township) => (
            <TownshipTile key={township.code} township={township} choice={choice} onOpen={props.onOpen} />
          ))}
        </div>
      </section>
    </>
  )
}

function Villages(props: { choice: Choice; township: PlaceRow }): ReactNode {
  const text = useText()
  const { choice, township } = props
  const own = township.code === choice.ownTownship
  const villages = choice.villages.filter((village) => village.parent === township.code)
  const count = villages.length
  return (
    <Band tone={own ? 'lit' : 'sunk'}>
      <h2 className="place-head">
        {township.name}
        <span className="second">{text(own ? 'place.ownTownship' : 'place.township', { count })}</span>
      </h2>
      <div className="tiles">
        {villages.map((village) =>
          village.code === choice.ownVillage ? (
            <Tile
              key={village.code}
              name={village.name}
              sub={text('place.here')}
              lit
              onTap={() => choice.choose(village)}
            />
          ) : (
            <Tile key={village.code} name={village.name} onTap={() => choice.choose(village)} />
          ),
        )}
      </div>
    </Band>
  )
}

function TownshipTile(props: {
  township: PlaceRow
  choice: Choice
  onOpen: (township: PlaceCode | null) => void
}): ReactNode {
  const text = useText()
  const { township, choice, onOpen } = props
  const own = township.code === choice.ownTownship
  const [name, kind] = splitName(township.name)
  const sub = own ? text('place.here') : kind
  return (
    <Tile
      name={name}
      lit={own}
      {...(sub === undefined ? {} : { sub })}
      onTap={() => onOpen(own ? null : township.code)}
    />
  )
}
