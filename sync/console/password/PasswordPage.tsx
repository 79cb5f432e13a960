// One's own password. Also stands alone, where somebody else chose the first one.
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { PASSWORD_MIN, sessionSchema } from '../../contract/console/session.ts'
import { Button } from '../parts/Button.tsx'
import { Field } from '../parts/Field.tsx'
import { ErrorNotice, Notice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { useSession } from '../parts/session.tsx'
import './password.css'

const NOTHING = { old: '', password: '', again: '' }

export function PasswordPage({ forced = false }: { forced?: boolean }) {
  const { api, signedIn, signOut } = useSession()
  const [given, setGiven] = useState(NOTHING)
  const differ = given.again !== '' && given.again !== given.password
  const change = useMutation({
    mutationFn: () =>
      api.put('/console/api/session/password', { old: given.old, password: given.password }, sessionSchema),
    onSuccess: (answer) => {
      setGiven(NOTHING)
      signedIn(answer)
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!change.isPending && given.again === given.password) change.mutate()
  }
  const field = (name: keyof typeof NOTHING) => ({
    type: 'password',
    required: true,
    value: given[name],
    onChange: ({ target }: { target: { value: string } }) => setGiven({ ...given, [name]: target.value }),
  })
  return (
    <>
      <PageHead title="改密码" {...(forced ? { about: '现在的密码是别人给您设的，请先换成只有您知道的。' } : {})} />
      <form className="password-form c-stack" onSubmit={submit}>
        <Field label="现在的密码" autoComplete="current-password" {...field('old')} />
        <Field
          label="新密码"
          autoComplete="new-password"
          help={`至少 ${PASSWORD_MIN} 个字符，不要用账号、生日或常见的词`}
          {...field('password')}
        />
        <Field
          label="再输一遍新密码"
          autoComplete="new-password"
          error={differ ? '两次输入的不一样' : null}
          {...field('again')}
        />
        <ErrorNotice error={change.error} />
        {change.isSuccess && <Notice kind="good">密码改好了，其他地方的登录都已结束。</Notice>}
        <div className="c-row">
          <Button kind="main" type="submit" busy={change.isPending}>
            改密码
          </Button>
          {forced && <Button onClick={() => void signOut()}>退出</Button>}
        </div>
      </form>
    </>
  )
}
