// Every page of the console, in the order of the navigation. A room adds its page in one entry; whoever lacks its roles
// sees no trace of it (and the office refuses the requests in any case).
import { type ComponentType, lazy } from 'react'
import type { Role } from '../contract/console/session.ts'

export interface PageEntry {
  /** '/imports'; what lies below belongs to the page too. */
  path: string
  title: string
  /** One of these may see it; an empty list is everybody. */
  roles: readonly Role[]
  /** Heading in the navigation. */
  group: '数据' | '终端' | '群众来信' | '监督' | '管理'
  Page: ComponentType
  /** A line on the home page: what waits for this person. Renders null where nothing does. */
  Waiting?: ComponentType
}

export const PAGES: readonly PageEntry[] = [
  {
    path: '/inbox',
    title: '群众来信',
    roles: ['inspector'],
    group: '群众来信',
    Page: lazy(async () => ({ default: (await import('./inbox/InboxPage.tsx')).InboxPage })),
  },
  {
    path: '/imports',
    title: '导入',
    roles: ['operator', 'reviewer', 'publisher'],
    group: '数据',
    Page: lazy(async () => ({ default: (await import('./imports/ImportsPage.tsx')).ImportsPage })),
  },
  {
    path: '/checks',
    title: '数据检查',
    roles: ['operator', 'reviewer', 'publisher'],
    group: '数据',
    Page: lazy(async () => ({ default: (await import('./checks/ChecksPage.tsx')).ChecksPage })),
    Waiting: lazy(async () => ({ default: (await import('./checks/WaitingChecks.tsx')).WaitingChecks })),
  },
  {
    path: '/pictures',
    title: '图片审看',
    roles: ['operator', 'reviewer', 'publisher'],
    group: '数据',
    Page: lazy(async () => ({ default: (await import('./pictures/PicturesPage.tsx')).PicturesPage })),
    Waiting: lazy(async () => ({ default: (await import('./pictures/WaitingPictures.tsx')).WaitingPictures })),
  },
  {
    path: '/terminals',
    title: '终端',
    roles: ['technician', 'operator', 'reviewer', 'publisher', 'inspector'],
    group: '终端',
    Page: lazy(async () => ({ default: (await import('./fleet/FleetPage.tsx')).FleetPage })),
    Waiting: lazy(async () => ({ default: (await import('./fleet/WaitingAlarms.tsx')).WaitingAlarms })),
  },
  {
    path: '/drafts',
    title: '审核发布',
    roles: ['operator', 'reviewer', 'publisher'],
    group: '数据',
    Page: lazy(async () => ({ default: (await import('./drafts/DraftsPage.tsx')).DraftsPage })),
  },
  {
    path: '/users',
    title: '账号',
    roles: ['administrator'],
    group: '管理',
    Page: lazy(async () => ({ default: (await import('./users/UsersPage.tsx')).UsersPage })),
  },
  {
    path: '/match',
    title: '数据比对',
    roles: ['reviewer', 'inspector'],
    group: '监督',
    Page: lazy(async () => ({ default: (await import('./match/MatchPage.tsx')).MatchPage })),
  },
  {
    path: '/audit',
    title: '审计记录',
    roles: ['auditor'],
    group: '监督',
    Page: lazy(async () => ({ default: (await import('./audit/AuditPage.tsx')).AuditPage })),
  },
]
