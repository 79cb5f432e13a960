// The page's start: takes the parts of every room and puts them together, once.
import { createRoot } from 'react-dom/client'
import '../hall/faces.ts'
import { en, zh } from '../text/catalogue.ts'
import { startSync } from '../worker/client.ts'
import { App } from './App.tsx'
import { calm } from './calm.ts'
import { firstScreen } from './first-screen.ts'
import { createHostClient } from './host-client.ts'
import { createLater } from './later.ts'
import { recallProfile } from './machine-memory.ts'
import type { AppPorts } from './ports.ts'
import { createProgram } from './program.ts'
import { startReading } from './reading/client.ts'
import { tellHost } from './use-usage.ts'
import { warmFaces } from './warm-faces.ts'

function chosenLanguage(search: string): AppPorts['language'] {
  const language = new URLSearchParams(search).get('lang')
  return language === 'en' || language === 'zh' ? language : null
}

const first = firstScreen(startReading(), window)
// It opens the store, asks the host and may begin to load: nothing that the first screen should wait behind.
const sync = startSync(first.stands)
const ports: AppPorts = {
  host: createHostClient(recallProfile(localStorage) === null ? Promise.resolve() : first.stands),
  sync,
  program: createProgram(window, () => performance.now(), sync),
  count: tellHost,
  openData: first.openData,
  beyond: createLater(
    () => import('./beyond.tsx'),
    (work, ms) => window.setTimeout(work, ms),
  ),
  page: window,
  language: chosenLanguage(location.search),
}

const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<App ports={ports} link={location.hash} />)
void first.stands.then(async (release) => {
  ports.beyond.fetch()
  // Where there is nothing to read yet, nobody reads: the first load comes before hundreds of pieces of faces.
  if (!release) await calm(sync)
  await warmFaces(Object.values(ports.language === 'en' ? en : zh), window)
})
