// The audit trail.
import { PageHead } from '../parts/PageHead.tsx'

export function AuditPage() {
  return <PageHead title="审计记录" />
}
