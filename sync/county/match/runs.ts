// The runs of matching so far.
import type { RunInfo } from '../../contract/console/match.ts'
import type { Service } from '../service/service.ts'

/** The last 20, newest first. One that was broken off is not finished: what it found until then stays. */
export async function listRuns(service: Service): Promise<RunInfo[]> {
  const rows = await service.selectFrom('matchRuns').selectAll().orderBy('id', 'desc').limit(20).execute()
  return rows.map((row) => ({ ...row, finished: row.finished === 1 }))
}
