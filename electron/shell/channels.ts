// Every message between page and shell: one map from channel to a typed function, validated in both directions. Raw
// ipcMain is used here and nowhere else; a test searches for it.
import type { IpcMainInvokeEvent } from 'electron'
import { z } from 'zod'
import { SunhallError } from '../../sync/contract/errors.ts'
import { pageState } from '../../sync/contract/shell-api.ts'
import { type ElectronApi, isOwn } from './electron-api.ts'

/** Arguments and result of each channel. `preload.ts` has one function for each. */
export const CHANNELS = {
  'sunhall:page-state': { takes: z.tuple([]), gives: pageState },
  'sunhall:apply-page': { takes: z.tuple([]), gives: z.void() },
} as const
export type Channel = keyof typeof CHANNELS
export type ChannelFunctions = {
  [C in Channel]: (...given: z.infer<(typeof CHANNELS)[C]['takes']>) => Promise<z.infer<(typeof CHANNELS)[C]['gives']>>
}

/** `isWindow` says whether a sender's id is the kiosk window's. Gives back how to stop listening. */
export function openChannels(
  electron: Pick<ElectronApi, 'ipcMain'>,
  functions: ChannelFunctions,
  isWindow: (senderId: number) => boolean,
): () => void {
  const channels = Object.keys(CHANNELS) as Channel[]
  for (const channel of channels) {
    electron.ipcMain.handle(channel, async (event, ...given: unknown[]) => {
      checkSender(event, isWindow)
      const { takes, gives } = CHANNELS[channel]
      const read = takes.safeParse(given)
      if (!read.success) throw new SunhallError('E-FORMAT', `Expected the arguments of ${channel}, got others`)
      return gives.parse(await functions[channel](...read.data))
    })
  }
  return () => {
    for (const channel of channels) electron.ipcMain.removeHandler(channel)
  }
}

/** Only the top frame of our own page in our own window. Errors: E-FORBIDDEN. */
export function checkSender(event: IpcMainInvokeEvent, isWindow: (senderId: number) => boolean): void {
  const frame = event.senderFrame
  if (frame !== null && frame.parent === null && isOwn(frame.url) && isWindow(event.sender.id)) return
  throw new SunhallError('E-FORBIDDEN', `Expected the kiosk page, got ${frame?.url ?? 'a frame that is gone'}`)
}
