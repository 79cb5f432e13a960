// Signing in.
import './login.css'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { sessionSchema } from '../../contract/console/session.ts'
import { Button } from '../parts/Button.tsx'
import { Field } from '../parts/Field.tsx'
import { ErrorNotice, Notice } from '../parts/Notice.tsx'
import { useSession } from '../parts/session.tsx'

export function LoginPage() {
  const { hasAccounts } = useSession()
  return (
    <main className="login">
      <h1>
        阳光查询终端<span>县办公室</span>
      </h1>
      {hasAccounts ? <LoginForm /> : <FirstAccount />}
    </main>
  )
}

function LoginForm() {
  const { api, signedIn, expired } = useSession()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const enter = useMutation({
    mutationFn: () => api.post('/console/api/session', { login: login.trim(), password }, sessionSchema),
    onSuccess: signedIn,
    onError: () => setPassword(''),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!enter.isPending) enter.mutate()
  }
  return (
    <form className="c-stack" onSubmit={submit}>
      {expired && <Notice kind="warn">登录已经结束，请重新登录。没有保存的内容需要再填一次。</Notice>}
      <Field
        label="账号"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        value={login}
        onChange={({ target }) => setLogin(target.value)}
      />
      <Field
        label="密码"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={({ target }) => setPassword(target.value)}
      />
      <ErrorNotice error={enter.error} />
      <Button kind="main" type="submit" busy={enter.isPending}>
        {enter.isPending ? '正在核对……' : '登录'}
      </Button>
      <p className="login-hint">忘了密码请找账号管理员重设。30 分钟没有操作会自动退出。</p>
    </form>
  )
}

function FirstAccount() {
  return (
    <div className="c-stack">
      <Notice kind="warn">这个办公室还没有账号。第一个账号（账号管理员）只能在服务器上用命令行建立：</Notice>
      <pre className="login-command">npm run county -- users add admin --name 姓名 --role administrator</pre>
      <p>建好以后刷新这一页，再登录。</p>
    </div>
  )
}
