// What a technician should hear about a config that a terminal takes all the same.
import { type ConfigProblem, problem } from './problems.ts'
import type { TrustedRoot } from './root.ts'
import type { TerminalConfig } from './schema.ts'

/** A root that ends within this many days is told of: renewing it needs two of three people and a journey. */
export const ROOT_WARNING_DAYS = 180
const DAY_MS = 86_400_000

/** In the order in which they should be read. */
export function warningsOf(root: TrustedRoot, config: TerminalConfig, now: Date): ConfigProblem[] {
  return [rootExpiry(root.root.signed.expires, now), keys(root.sample, config), address(config)].filter(
    (one) => one !== null,
  )
}

/** A terminal takes an expired root, because a newer one may wait at the office; without one it refuses every release. */
function rootExpiry(expires: string, now: Date): ConfigProblem | null {
  const days = Math.floor((Date.parse(expires) - now.getTime()) / DAY_MS)
  if (days > ROOT_WARNING_DAYS) return null
  const date = expires.slice(0, 10)
  const past = days < 0
  return problem(
    past
      ? `县里的根文件已在 ${date} 过期：终端会拒收新的发布（E-EXPIRED），请县办公室换发根文件后重新写`
      : `县里的根文件再过 ${days} 天（${date}）过期：请县办公室及早换发`,
    past
      ? `The county root ended on ${date}: terminals refuse new releases (E-EXPIRED) until the office signs a new root`
      : `The county root ends in ${days} days, on ${date}: the office should sign a new one in time`,
    'root.expires',
  )
}

function keys(sample: boolean, { production, developer }: TerminalConfig): ConfigProblem | null {
  if (sample) {
    return problem(
      '县里的密钥是示例密钥：只供试用，正式终端不接受',
      'The county’s keys are sample keys: for trying out only, production terminals refuse them',
      'root.x-sunhall.sample',
    )
  }
  if (production || developer) return null
  return problem(
    '密钥是正式的，配置却没有加 --production：正式终端请加上它重新写',
    'The keys are the county’s own, the config isn’t production’s: write it again with --production for a real terminal',
    'production',
  )
}

function address({ officeUrl, developer }: TerminalConfig): ConfigProblem | null {
  const { hostname } = new URL(officeUrl)
  if (developer || !/^(localhost|127\.|\[::1\])/.test(hostname)) return null
  return problem(
    `办公室地址 ${hostname} 指的是终端自己：只有和办公室在同一台机器上才连得到`,
    `${hostname} is the terminal itself: only a terminal on the office’s own machine reaches it`,
    'officeUrl',
  )
}
