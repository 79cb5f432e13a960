// All words of the terminal, composed of the areas. Chinese is the product; English is complete, for those who maintain it.
import { finance } from './areas/finance.ts'
import { funds } from './areas/funds.ts'
import { hall } from './areas/hall.ts'
import { policies } from './areas/policies.ts'

export const zh = { ...hall.zh, ...funds.zh, ...finance.zh, ...policies.zh }
export type TextKey = keyof typeof zh
export const en: Record<TextKey, string> = { ...hall.en, ...funds.en, ...finance.en, ...policies.en }
