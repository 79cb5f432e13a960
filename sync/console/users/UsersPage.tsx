// The office's accounts.
import { PageHead } from '../parts/PageHead.tsx'

export function UsersPage() {
  return <PageHead title="账号" />
}
