// Words of the finance screens.
import { area } from '../area.ts'

export const finance = area({
  zh: {},
  en: {},
})
