// Words of the policies screens.
import { area } from '../area.ts'

export const policies = area({
  zh: {},
  en: {},
})
