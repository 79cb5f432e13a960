// The office's accounts: who may do what, made, changed and closed by the administrator.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ROLE_NAMES } from '../../contract/console/session.ts'
import { type MadePassword, type UserView, userListSchema } from '../../contract/console/users.ts'
import { Button } from '../parts/Button.tsx'
import { ErrorNotice, Notice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { useApi } from '../parts/session.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { UserDialog } from './UserDialog.tsx'
import './users.css'

/** null: closed; 'new': an empty form; else the account that is changed. */
type Open = null | 'new' | UserView

export function UsersPage() {
  const api = useApi()
  const users = useQuery({ queryKey: ['users'], queryFn: () => api.get('/console/api/users', userListSchema) })
  const [open, setOpen] = useState<Open>(null)
  const [made, setMade] = useState<MadePassword | null>(null)
  const done = (password: MadePassword | null): void => {
    setOpen(null)
    setMade(password)
    void users.refetch()
  }
  return (
    <>
      <PageHead title="账号" about="一人一号。谁导入，谁就不能审核；管账号和看审计的人不办业务。">
        <Button kind="main" onClick={() => setOpen('new')}>
          新建账号
        </Button>
      </PageHead>
      <div className="c-stack">
        <ErrorNotice error={users.error} />
        {made !== null && <MadeNotice made={made} />}
        {users.data !== undefined && (
          <Table
            caption="全部账号"
            columns={columns(setOpen)}
            rows={users.data.users}
            keyOf={({ login }) => login}
            empty="还没有账号"
          />
        )}
      </div>
      {open !== null && <UserDialog user={open === 'new' ? null : open} onClose={() => setOpen(null)} onDone={done} />}
    </>
  )
}

function MadeNotice({ made }: { made: MadePassword }) {
  return (
    <Notice kind="warn">
      <p>
        {made.login} 的临时密码是 <strong className="users-password">{made.password}</strong>
      </p>
      <p>请当面交给本人。它只显示这一次，第一次登录时必须换掉。</p>
    </Notice>
  )
}

const columns = (change: (user: UserView) => void): Column<UserView>[] => [
  { key: 'login', title: '账号', show: ({ login }) => login },
  { key: 'name', title: '姓名', show: ({ name }) => name },
  { key: 'roles', title: '角色', show: ({ roles }) => roles.map((role) => ROLE_NAMES[role]).join('、') },
  { key: 'township', title: '范围', show: ({ township }) => township ?? '全县' },
  { key: 'state', title: '状态', show: stateOf },
  {
    key: 'change',
    title: '操作',
    show: (user) => (
      <Button onClick={() => change(user)} aria-label={`修改 ${user.login}`}>
        修改
      </Button>
    ),
  },
]

function stateOf({ disabled, mustChange }: UserView): string {
  if (disabled) return '✕ 已停用'
  return mustChange ? '待本人改密码' : '✓ 在用'
}
