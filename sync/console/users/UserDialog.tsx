// One account: made or changed, closed or opened again, given a new first password.
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ROLE_NAMES, ROLES, type Role } from '../../contract/console/session.ts'
import { type MadePassword, madePasswordSchema, type UserView, userSchema } from '../../contract/console/users.ts'
import { Button } from '../parts/Button.tsx'
import { Choices } from '../parts/Choices.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { Field } from '../parts/Field.tsx'
import { ErrorNotice, Notice } from '../parts/Notice.tsx'
import { useActor, useApi } from '../parts/session.tsx'

interface Given {
  login: string
  name: string
  roles: Role[]
  township: string
}
const ROLE_OPTIONS = ROLES.map((role) => ({ value: role, title: ROLE_NAMES[role] }))

/** `user` null makes a new one. `onDone` gets the password that was made, where one was. */
export function UserDialog(props: {
  user: UserView | null
  onClose: () => void
  onDone: (made: MadePassword | null) => void
}) {
  const { user, onClose, onDone } = props
  const api = useApi()
  const [given, setGiven] = useState<Given>(startOf(user))
  const { login, name, roles } = given
  const township = given.township.trim() === '' ? null : given.township.trim()
  const path = `/console/api/users/${encodeURIComponent(user?.login ?? '')}`
  const save = useMutation({
    mutationFn: async (disabled: boolean): Promise<MadePassword | null> => {
      if (user === null) return api.post('/console/api/users', { login, name, roles, township }, madePasswordSchema)
      await api.put(path, { name, roles, township, disabled }, userSchema)
      return null
    },
    onSuccess: onDone,
  })
  const renew = useMutation({
    mutationFn: () => api.post(`${path}/password`, {}, madePasswordSchema),
    onSuccess: onDone,
  })
  const problem = problemOf(given)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!save.isPending && problem === null) save.mutate(user?.disabled ?? false)
  }
  return (
    <Dialog title={user === null ? '新建账号' : `修改账号 ${user.login}`} onClose={onClose}>
      <form className="c-stack" onSubmit={submit}>
        <UserFields given={given} fresh={user === null} onChange={setGiven} />
        {problem !== null && <Notice kind="bad">{problem}</Notice>}
        <ErrorNotice error={save.error ?? renew.error} />
        <div className="c-row">
          <Button kind="main" type="submit" busy={save.isPending}>
            保存
          </Button>
          <Button onClick={onClose}>取消</Button>
          {user !== null && (
            <OtherActions user={user} onRenew={() => renew.mutate()} onDisable={(off) => save.mutate(off)} />
          )}
        </div>
      </form>
    </Dialog>
  )
}

function OtherActions(props: { user: UserView; onRenew: () => void; onDisable: (disabled: boolean) => void }) {
  const { user, onRenew, onDisable } = props
  const actor = useActor()
  if (actor.login === user.login) return null
  return (
    <>
      <Button onClick={onRenew}>重设密码</Button>
      <Button kind="danger" onClick={() => onDisable(!user.disabled)}>
        {user.disabled ? '恢复使用' : '停用'}
      </Button>
    </>
  )
}

function UserFields(props: { given: Given; fresh: boolean; onChange: (given: Given) => void }) {
  const { given, fresh, onChange } = props
  return (
    <>
      {fresh && (
        <Field
          label="账号"
          help="2 到 32 个小写字母、数字、点或短横线"
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          required
          value={given.login}
          onChange={({ target }) => onChange({ ...given, login: target.value })}
        />
      )}
      <Field
        label="姓名"
        autoComplete="off"
        required
        maxLength={40}
        value={given.name}
        onChange={({ target }) => onChange({ ...given, name: target.value })}
      />
      <Choices
        legend="角色（账号管理员和审计员不能兼任）"
        options={ROLE_OPTIONS}
        chosen={given.roles}
        onChange={(roles) => onChange({ ...given, roles })}
      />
      <Field
        label="所属乡镇代码"
        help="只看一个乡镇的经办人、审核人填 9 位代码；全县留空"
        autoComplete="off"
        inputMode="numeric"
        maxLength={9}
        value={given.township}
        onChange={({ target }) => onChange({ ...given, township: target.value })}
      />
    </>
  )
}

/** What the office would refuse (`county/accounts/roles.ts`), said before it is sent. */
function problemOf({ roles, township }: Given): string | null {
  const alone = roles.find((role) => role === 'administrator' || role === 'auditor')
  if (alone !== undefined && roles.length > 1) return `${ROLE_NAMES[alone]}不能兼任别的角色，请另给一个人建账号`
  if (township.trim() === '') return null
  if (!/^431225\d{3}$/.test(township.trim())) return '乡镇代码是 431225 开头的 9 位数字'
  const county = roles.find((role) => role !== 'operator' && role !== 'reviewer')
  return county === undefined ? null : `${ROLE_NAMES[county]}管全县，乡镇代码请留空`
}

function startOf(user: UserView | null): Given {
  if (user === null) return { login: '', name: '', roles: [], township: '' }
  return { login: user.login, name: user.name, roles: user.roles, township: user.township ?? '' }
}
