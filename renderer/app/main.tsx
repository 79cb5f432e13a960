// The page's start: takes the parts of every room and puts them together, once.
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import '../hall/faces.ts'
import { startSync } from '../worker/client.ts'
import { App } from './App.tsx'
import { firstScreen } from './first-screen.ts'
import { createHostClient } from './host-client.ts'
import type { AppPorts } from './ports.ts'
import { createProgram } from './program.ts'
import { startReading } from './reading/client.ts'
import { tellHost } from './use-usage.ts'

function chosenLanguage(search: string): AppPorts['language'] {
  const language = new URLSearchParams(search).get('lang')
  return language === 'en' || language === 'zh' ? language : null
}

// The page's policy forbids code made at run time; zod would only try and be refused.
z.config({ jitless: true })

const first = firstScreen(startReading(), window)
const ports: AppPorts = {
  host: createHostClient(),
  // It opens the store, asks the host and may begin to load: nothing that the first screen should wait behind.
  sync: startSync(first.stands),
  program: createProgram(window, () => performance.now()),
  count: tellHost,
  openData: first.openData,
  page: window,
  language: chosenLanguage(location.search),
}

const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<App ports={ports} link={location.hash} />)
