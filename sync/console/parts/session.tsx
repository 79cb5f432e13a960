// Who is signed in, for the whole page. When the session ends, everything that was fetched in it is forgotten.
import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { z } from 'zod'
import { type Actor, presenceSchema, type Role, type SessionAnswer } from '../../contract/console/session.ts'
import { type Api, ApiError, createApi } from './api.ts'

export interface SessionState {
  /** 'asking' until the office has answered once; 'offline' where it can't be reached. */
  state: 'asking' | 'offline' | 'out' | 'in'
  session: SessionAnswer | null
  /** False: the first account has not been made yet. */
  hasAccounts: boolean
  /** Signed out by time or by somebody else, not by the person. */
  expired: boolean
  api: Api
  signedIn(answer: SessionAnswer): void
  signOut(): Promise<void>
  ask(): Promise<void>
}

const SESSION_PATH = '/console/api/session'
const Context = createContext<SessionState | null>(null)

export function SessionProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient()
  const token = useRef('')
  const [now, setNow] = useState<Pick<SessionState, 'state' | 'session' | 'hasAccounts' | 'expired'>>({
    state: 'asking',
    session: null,
    hasAccounts: true,
    expired: false,
  })
  const value = useMemo(() => {
    const take = (session: SessionAnswer | null, more: { hasAccounts: boolean; expired: boolean }): void => {
      token.current = session?.csrf ?? ''
      if (session === null) queries.clear()
      setNow({ state: session === null ? 'out' : 'in', session, ...more })
    }
    // A wrong password while signing in is no session that ends.
    const onEnded = (): void => {
      if (token.current !== '') take(null, { hasAccounts: true, expired: true })
    }
    const api = createApi({ token: () => token.current, onEnded })
    return {
      api,
      async ask() {
        try {
          const { session, hasAccounts } = await api.get(SESSION_PATH, presenceSchema)
          take(session, { hasAccounts, expired: false })
        } catch (error) {
          if (!(error instanceof ApiError)) throw error
          setNow((before) => ({ ...before, state: 'offline' }))
        }
      },
      signedIn: (answer: SessionAnswer) => take(answer, { hasAccounts: true, expired: false }),
      async signOut() {
        await api.remove(SESSION_PATH, z.unknown()).catch(() => undefined)
        // The next person begins at the beginning, not on a page that may not be theirs.
        window.history.replaceState(null, '', '/console/')
        take(null, { hasAccounts: true, expired: false })
      },
    }
  }, [queries])
  useEffect(() => void value.ask(), [value])
  const whole = useMemo(() => ({ ...now, ...value }), [now, value])
  return <Context value={whole}>{children}</Context>
}

export function useSession(): SessionState {
  const session = useContext(Context)
  if (session === null) throw new Error('Expected a SessionProvider around this, found none')
  return session
}

export function useApi(): Api {
  return useSession().api
}

/** The person who is signed in. Only below the login page. */
export function useActor(): Actor {
  const { session } = useSession()
  if (session === null) throw new Error('Expected someone to be signed in, found nobody')
  return session.actor
}

export function hasRole(actor: Actor, roles: readonly Role[]): boolean {
  return roles.length === 0 || roles.some((role) => actor.roles.includes(role))
}
