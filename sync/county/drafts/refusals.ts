// Why a person may not approve a draft: the two-person rule, and what the checks have left open.
import type { ErrorCode } from '../../contract/errors.ts'
import type { Office } from '../office.ts'
import type { Draft, Person } from './draft.ts'
import { importsOf } from './imports.ts'

/** What the checks found and nobody has settled (`checks/findings.ts`). */
export interface OpenFindings {
  errors: number
  warnings: number
}
export interface Refusal {
  code: ErrorCode
  message: string
  /** The same on the console. */
  chinese: string
}

/** Empty where `by` may approve the draft. Whoever imported or proposed something doesn't approve it. */
export async function refusals(office: Office, draft: Draft, by: Person, findings: OpenFindings): Promise<Refusal[]> {
  const found: Refusal[] = []
  if (isSame(draft.proposedBy, by) || isSame(draft.proposedName, by))
    found.push({
      code: 'E-FORBIDDEN',
      message: `Expected another person than the one who proposed draft ${draft.id}, got ${by.name}`,
      chinese: `本稿由 ${draft.proposedName} 提交，须由另一人审核`,
    })
  const own = (await importsOf(office, draft.imports)).filter((one) => isSame(one.by, by))
  if (own.length > 0)
    found.push({
      code: 'E-FORBIDDEN',
      message: `Expected a person who imported nothing of draft ${draft.id}, got ${by.name}, who brought import ${own.map(({ id }) => id).join(', ')}`,
      chinese: `第 ${own.map(({ id }) => id).join('、')} 批由本人导入，不能自己审核`,
    })
  if (findings.errors + findings.warnings > 0)
    found.push({
      code: 'E-STATE',
      message: `Expected no open finding, got ${findings.errors} errors and ${findings.warnings} warnings without a reason; mend or justify them, see "check"`,
      chinese: `校验还有 ${findings.errors} 个错误、${findings.warnings} 个未说明理由的提醒没有处理`,
    })
  return found
}

/** An import says who by login, in an older office by name. */
function isSame(said: string, { login, name }: Person): boolean {
  return said !== '' && (said === login || said === name)
}
