// The page's door to the shell: one function a channel, no logic. Types only are imported, so that nothing else comes in.
import { contextBridge, ipcRenderer } from 'electron'
import type { ShellApi } from '../../sync/contract/shell-api.ts'
import type { Channel } from './channels.ts'

const invoke = (channel: Channel) => ipcRenderer.invoke(channel)

const api: ShellApi = {
  pageState: () => invoke('sunhall:page-state'),
  applyPage: () => invoke('sunhall:apply-page'),
}

contextBridge.exposeInMainWorld('sunhall', api)
