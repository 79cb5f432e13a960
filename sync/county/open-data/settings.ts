// Whether publications export their open data by themselves: they do, unless the office chose otherwise.
import { z } from 'zod'
import { readSetting, type Service, writeSetting } from '../service/service.ts'

const NAME = 'open-data'
const settings = z.strictObject({ eachRelease: z.boolean() })

export async function exportsEachRelease(service: Service): Promise<boolean> {
  return settings.safeParse(await readSetting(service, NAME)).data?.eachRelease ?? true
}

export async function setExportsEachRelease(service: Service, eachRelease: boolean): Promise<void> {
  await writeSetting(service, NAME, settings.parse({ eachRelease }))
}
