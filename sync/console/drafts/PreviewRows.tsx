// Exactly what a terminal will show of a place: the candidate's public rows, under the disclosure rules that will apply.
import { useState } from 'react'
import type { PreviewPlaces } from '../../contract/console/drafts.ts'
import { ErrorNotice } from '../parts/Notice.tsx'
import { Select } from '../parts/Select.tsx'
import { Table } from '../parts/Table.tsx'
import { Pages } from './Pages.tsx'
import { usePlaces, usePreview } from './queries.ts'
import { fieldWord, kindWord, valueWord } from './words.ts'

const PAGE = 100

export function PreviewRows({ id }: { id: number }) {
  const places = usePlaces(id)
  if (places.error !== null) return <ErrorNotice error={places.error} />
  if (places.data === undefined) return <p>正在读取……</p>
  return <Chosen id={id} places={places.data.places} />
}

function Chosen({ id, places }: { id: number; places: PreviewPlaces['places'] }) {
  const [code, setCode] = useState(codeOf(places[0]))
  const [kind, setKind] = useState('')
  const [from, setFrom] = useState(0)
  const place = places.find((one) => codeOf(one) === code)
  const chosen = place?.kinds.find((one) => one.kind === kind) ?? place?.kinds[0]
  const of =
    place === undefined || chosen === undefined ? null : { part: place.part, village: place.village, kind: chosen.kind }
  const rows = usePreview(id, of, from)
  return (
    <>
      <div className="c-row drafts-chosen">
        <Select
          label="村镇"
          value={code}
          options={places.map((one) => ({ value: codeOf(one), title: titleOf(one, places) }))}
          onChange={(event) => {
            setCode(event.target.value)
            setFrom(0)
          }}
        />
        <Select
          label="类别"
          value={chosen?.kind ?? ''}
          options={(place?.kinds ?? []).map((one) => ({
            value: one.kind,
            title: `${kindWord(one.kind)}（${one.rows}）`,
          }))}
          onChange={(event) => {
            setKind(event.target.value)
            setFrom(0)
          }}
        />
      </div>
      <ErrorNotice error={rows.error} />
      {rows.data !== undefined && chosen !== undefined && (
        <>
          <Table
            caption={`${place?.name ?? ''}　${kindWord(chosen.kind)}`}
            columns={rows.data.columns.map((field, at) => ({
              key: field,
              title: fieldWord(field),
              show: ({ cells }: { cells: readonly string[]; at: number }) => cellWord(field, cells[at] ?? ''),
            }))}
            rows={rows.data.rows.map((cells, at) => ({ cells, at: from + at }))}
            keyOf={({ at }) => at}
            empty="这里没有公开的内容。"
          />
          <Pages label="终端将显示" from={from} size={PAGE} total={rows.data.total} onMove={setFrom} />
        </>
      )}
    </>
  )
}

function codeOf(place: PreviewPlaces['places'][number] | undefined): string {
  return place === undefined ? '' : place.village || place.part
}

/** A village with its township: six names repeat in the county. */
function titleOf(place: PreviewPlaces['places'][number], places: PreviewPlaces['places']): string {
  if (place.village === '') return place.name
  const township = places.find((one) => one.village === '' && one.part === place.part)
  return `${township?.name ?? place.part}　${place.name}`
}

/** Cells come as text: those that are whole numbers in a field of money are fen. */
function cellWord(field: string, cell: string): string {
  return valueWord(field, /^-?\d+$/.test(cell) ? Number(cell) : cell)
}
