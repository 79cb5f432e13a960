// Packages for terminals: `npm run package` and `npm run make`, for Linux (zip, deb) and Windows (zip).
// On Linux the zips need `zip`, the deb `dpkg` and `fakeroot`; the Windows package is made there too, without Wine.
// SUNHALL_ELECTRON_ZIP_DIR names a folder with Electron's own zip, for machines that can't fetch it.

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { FuseV1Options, FuseVersion } from '@electron/fuses'
import { MakerDeb } from '@electron-forge/maker-deb'
import { MakerZIP } from '@electron-forge/maker-zip'
import { FusesPlugin } from '@electron-forge/plugin-fuses'
import { VitePlugin } from '@electron-forge/plugin-vite'
import type { ForgeConfig } from '@electron-forge/shared-types'

const electronZipDir = process.env.SUNHALL_ELECTRON_ZIP_DIR

// npm under a Node older than 22.12 leaves the deb's tool out without a word, and Forge would then make nothing at all.
const debTool = existsSync(resolve(import.meta.dirname, 'node_modules', 'electron-installer-debian'))
if (!debTool && process.platform === 'linux' && process.argv.includes('make'))
  console.warn('No deb is made: install the packages with Node 22.12 or later (npm ci). The zips are made all the same')

const config: ForgeConfig = {
  outDir: process.env.SUNHALL_OUT_DIR ?? 'out',
  packagerConfig: {
    name: 'sunhall',
    executableName: 'sunhall',
    appBundleId: 'cn.huitong.sunhall',
    asar: true,
    // Main, preload and page are bundled: no node_modules travels along.
    prune: false,
    ...(electronZipDir === undefined ? {} : { electronZipDir }),
  },
  makers: [
    new MakerZIP({}, ['linux', 'win32']),
    ...(debTool
      ? [new MakerDeb({ options: { name: 'sunhall', bin: 'sunhall', categories: ['Utility'], section: 'misc' } })]
      : []),
  ],
  plugins: [
    new VitePlugin({
      build: [
        { entry: 'electron/shell/main.ts', config: 'electron/vite.main.config.ts', target: 'main' },
        { entry: 'electron/shell/preload.ts', config: 'electron/vite.preload.config.ts', target: 'preload' },
      ],
      renderer: [{ name: 'main_window', config: 'electron/vite.page.config.ts' }],
    }),
    // The binary runs this package and nothing else: no Node, no debugger, no foreign code.
    new FusesPlugin({
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: false,
      [FuseV1Options.EnableCookieEncryption]: true,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: false,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
      [FuseV1Options.OnlyLoadAppFromAsar]: true,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    }),
  ],
}

export default config
