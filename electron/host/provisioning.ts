// The terminal's config on its own disk: replaced only by one that verifies against the county's root as it is trusted now;
// read at boot against the root that vouched for it when it was taken, so that a terminal goes on when the config key is
// rotated. What lies in <data>/config:
//
//   config.jws   the signed config
//   root.json    the root by which it was taken
import { basename, dirname, join } from 'node:path'
import { CONFIG_FILE, loadSignedConfig, ROOT_FILE, readConfigFolder } from '../../kiosk-config/load.ts'
import type { TerminalConfig } from '../../kiosk-config/schema.ts'
import { messageOf, SunhallError } from '../../sync/contract/errors.ts'
import type { ConfigResult } from '../../sync/contract/host-api.ts'
import { isFolder, readIfThere, writeWhole } from './files.ts'
import type { Trust } from './trust/trust.ts'

export interface Provisioning {
  config(): TerminalConfig | null
  /** Takes a signed config and the root beside it; a wrong one changes nothing and says why, by path. */
  take(folder: string, configName?: string): Promise<ConfigResult>
}

export interface ProvisioningOptions {
  dataFolder: string
  trust: Trust
  /** True in a package built for production: sample keys are refused. */
  production: boolean
}

/** Reads the config that this terminal has. */
export async function openProvisioning(options: ProvisioningOptions): Promise<Provisioning> {
  const { dataFolder, trust, production } = options
  const file = join(dataFolder, 'config', CONFIG_FILE)
  let current: TerminalConfig | null = null
  const jws = readIfThere(file)?.toString('utf8') ?? null
  const rootFile = join(dataFolder, 'config', ROOT_FILE)
  const roots = [trust.root(), readIfThere(rootFile)?.toString('utf8') ?? null]
  for (const root of jws === null || trust.root() === null ? [] : roots) {
    const loaded = root === null ? null : await loadSignedConfig(jws ?? '', root, { production })
    if (loaded?.ok === true) current ??= loaded.config
  }
  return {
    config: () => current,
    async take(folder, configName) {
      const found = readConfigFolder(folder, configName)
      if (!found.ok) return { ok: false, terminal: null, errors: found.errors }
      try {
        // The root trusted now decides, not an older one that came along: a withdrawn config key stays withdrawn.
        trust.requireChain(found.root)
        const loaded = await loadSignedConfig(found.jws, trust.root() ?? found.root, { production })
        if (!loaded.ok) return { ok: false, terminal: null, errors: loaded.errors }
        trust.provision(found.root)
        // The root first: a cut between the two leaves the old config with a root that has not withdrawn its key, or none.
        writeWhole(rootFile, trust.root() ?? found.root)
        writeWhole(file, found.jws)
        current = loaded.config
        return { ok: true, terminal: loaded.config.terminal, errors: [] }
      } catch (error) {
        return { ok: false, terminal: null, errors: [foreignRoot(error)] }
      }
    },
  }
}

/**
 * Takes the very file that the command line names, or the one in the folder that it names, with the root beside it.
 * Errors: E-CONFIG with every path.
 */
export async function takeFile(provisioning: Provisioning, configFile: string): Promise<void> {
  const taken = await (isFolder(configFile)
    ? provisioning.take(configFile)
    : provisioning.take(dirname(configFile), basename(configFile)))
  if (taken.ok) return
  const why = taken.errors.map(({ path, zh, en }) => `${path === '' ? '' : `${path}: `}${en} / ${zh}`).join('; ')
  throw new SunhallError('E-CONFIG', `Expected a signed config at ${configFile}, got one that is refused: ${why}`)
}

function foreignRoot(error: unknown): ConfigResult['errors'][number] {
  const foreign = error instanceof SunhallError && error.code === 'E-CONFIG'
  const zh = foreign
    ? '这份 root.json 不是本机信任的县级根文件，本机不换县；要换县请先清空本机数据'
    : '本机磁盘写不进去，请检查磁盘空间'
  return { path: 'root', zh, en: messageOf(error) }
}
