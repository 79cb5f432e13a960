// By household without typing: a wall of groups, then of surnames, then of names. Each step is chosen, none is guessed.
import type { ReactNode } from 'react'
import type { HouseholdName } from '../../data/county-data.ts'
import { Answered } from '../../hall/Answered.tsx'
import { Key } from '../../hall/Key.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { Tile } from '../../hall/Tile.tsx'
import { useAnswer, useValue } from '../../hall/use-answer.ts'
import { useFirstPiece } from '../../hall/use-first-piece.ts'
import { compareGroups } from '../../text/groups.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import './households.css'
import { countsOf, needsSurnames, sameNames } from './walls.ts'

type Props = ScreenProps<'households'>

export function HouseholdsScreen(props: Props): ReactNode {
  const text = useText()
  const { data, place } = props
  const asked = useAnswer(() => data.households(place.village), [data, place.village])
  const village = useValue(() => data.village(place.village), [data, place.village])
  const words = { township: village?.township.name ?? '', village: village?.place.name ?? '' }
  return (
    <Screen name="households" moreUnit={text('funds.householdUnit')} aside={<Head screen={props} words={words} />}>
      <Answered asked={asked} none={text('funds.householdsNone', { village: words.village })}>
        {(names) => <Wall names={names} screen={props} />}
      </Answered>
    </Screen>
  )
}

function Head(props: { screen: Props; words: { township: string; village: string } }): ReactNode {
  const text = useText()
  const { place, visit } = props.screen
  return (
    <>
      <header>
        <h1>{text('funds.householdsTitle')}</h1>
        <p className="second">{text('hall.ofVillage', props.words)}</p>
      </header>
      {place.group === null ? null : (
        <div className="households-chosen">
          <Key
            icon="people"
            word={place.group === '' ? text('funds.groupNone') : place.group}
            note={text('funds.changeGroup')}
            onTap={() => visit.replace({ ...place, group: null, surname: null })}
          />
          {place.surname === null ? null : (
            <Key
              icon="person"
              word={
                place.surname === '' ? text('funds.entities') : text('funds.surnameTile', { surname: place.surname })
              }
              note={text('funds.changeSurname')}
              onTap={() => visit.replace({ ...place, surname: null })}
            />
          )}
        </div>
      )}
    </>
  )
}

function Wall(props: { names: readonly HouseholdName[]; screen: Props }): ReactNode {
  const { place } = props.screen
  if (place.group === null) return <Groups {...props} />
  const inGroup = props.names.filter((name) => name.group === place.group)
  if (place.surname === null && needsSurnames(inGroup)) return <Surnames names={inGroup} screen={props.screen} />
  const chosen = place.surname === null ? inGroup : inGroup.filter((name) => name.surname === place.surname)
  return <Names names={chosen} screen={props.screen} />
}

function Groups(props: { names: readonly HouseholdName[]; screen: Props }): ReactNode {
  const text = useText()
  const { place, visit } = props.screen
  const groups = countsOf(props.names, (name) => name.group).sort((a, b) => compareGroups(a.key, b.key))
  return (
    <section className="stack">
      <SectionHead title={text('funds.householdsGroup')} />
      <div className="grid3">
        {groups.map(({ key, count }) => (
          <Tile
            key={key}
            name={key === '' ? text('funds.groupNone') : key}
            sub={text('funds.householdCount', { count })}
            onTap={() => visit.go({ ...place, group: key })}
          />
        ))}
      </div>
    </section>
  )
}

function Surnames(props: { names: readonly HouseholdName[]; screen: Props }): ReactNode {
  const text = useText()
  const { place, visit } = props.screen
  const surnames = countsOf(props.names, (name) => name.surname).sort((a, b) => b.count - a.count)
  return (
    <section className="stack">
      <SectionHead title={text('funds.householdsSurname')} />
      <div className="grid4">
        {surnames.map(({ key, count }) => (
          <Tile
            key={key}
            name={key === '' ? text('funds.entities') : key}
            sub={text('funds.householdCount', { count })}
            onTap={() => visit.go({ ...place, surname: key })}
          />
        ))}
      </div>
    </section>
  )
}

/** Names that a screen shows without being pushed, and some. */
const IN_SIGHT = 48

function Names(props: { names: readonly HouseholdName[]; screen: Props }): ReactNode {
  const text = useText()
  const { place, visit } = props.screen
  const twice = sameNames(props.names)
  const names = useFirstPiece(props.names, IN_SIGHT)
  return (
    <section className="stack">
      <SectionHead
        title={text('funds.householdsName')}
        note={text('funds.householdCount', { count: props.names.length })}
      />
      <div className="households-names">
        {names.map(({ head }) => (
          <Tile
            key={head.number}
            name={head.name}
            {...(twice.has(head.name) ? { sub: text('funds.sameName', { number: head.number }) } : {})}
            onTap={() =>
              visit.go({ screen: 'household', village: place.village, head: head.number, year: null, open: null })
            }
          />
        ))}
      </div>
    </section>
  )
}
