// Words of the funds screens.
import { area } from '../area.ts'

export const funds = area({
  zh: {},
  en: {},
})
