// What is written by hand for each sample policy; `document.ts` lays it out as articles.

export interface PolicyPlan {
  /** 'P01': funds name it in their plans. */
  id: string
  /** Without the county's name: '耕地地力保护补贴发放办法'. */
  title: string
  /** Issuer's mark in the 文号: '会农联'. */
  prefix: string
  topic: string
  shape: 'grant' | 'works'
  /** Completes '为……，'. */
  goal: string
  who: string
  not: string
  /** How the quantity or the list of people is settled. */
  basis: string
  papers: string
  steps: string
  when: string
  /** Days of publicity in the village. */
  days: number
  /** Articles of this policy alone. */
  extra: readonly string[]
  /** Plain words: who, how. */
  plainWho: string
  plainHow: string
  /** Tag values: whom it is for, how it pays. */
  forWhom: readonly string[]
  by: readonly string[]
}
