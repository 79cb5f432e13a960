// All words of the terminal, composed of the areas. Chinese is the product; English is complete, for those who maintain it.
import { finance } from './areas/finance.ts'
import { funds } from './areas/funds.ts'
import { hall } from './areas/hall.ts'
import { home } from './areas/home.ts'
import { payments } from './areas/payments.ts'
import { place } from './areas/place.ts'
import { policies } from './areas/policies.ts'
import { projects } from './areas/projects.ts'
import { report } from './areas/report.ts'
import { technician } from './areas/technician.ts'

export const zh = {
  ...hall.zh,
  ...home.zh,
  ...place.zh,
  ...funds.zh,
  ...payments.zh,
  ...projects.zh,
  ...finance.zh,
  ...policies.zh,
  ...report.zh,
  ...technician.zh,
}
export type TextKey = keyof typeof zh
export const en: Record<TextKey, string> = {
  ...hall.en,
  ...home.en,
  ...place.en,
  ...funds.en,
  ...payments.en,
  ...projects.en,
  ...finance.en,
  ...policies.en,
  ...report.en,
  ...technician.en,
}
