// Imports: what was taken, what was broken off or refused, and a new file on its way in.
import './imports.css'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { importListSchema } from '../../contract/console/imports.ts'
import { Button } from '../parts/Button.tsx'
import { ErrorNotice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { hasRole, useActor, useApi } from '../parts/session.tsx'
import { ImportLists } from './ImportLists.tsx'
import { NewImport } from './NewImport.tsx'

export function ImportsPage() {
  const api = useApi()
  const actor = useActor()
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const list = useQuery({ queryKey: ['imports'], queryFn: () => api.get('/console/api/imports', importListSchema) })
  const refresh = () => void queries.invalidateQueries({ queryKey: ['imports'] })
  const operator = hasRole(actor, ['operator'])
  return (
    <>
      <PageHead title="导入" about="表格、名册和文件从这里进来。读不懂的一格一格列出，不猜、不漏；没入库的不留半截。">
        {operator && !open && (
          <Button kind="main" onClick={() => setOpen(true)}>
            导入文件
          </Button>
        )}
      </PageHead>
      <ErrorNotice error={list.error} />
      {list.data !== undefined &&
        (open ? (
          <NewImport
            list={list.data}
            onClose={() => {
              setOpen(false)
              refresh()
            }}
          />
        ) : (
          <ImportLists list={list.data} operator={operator} onChange={refresh} />
        ))}
    </>
  )
}
