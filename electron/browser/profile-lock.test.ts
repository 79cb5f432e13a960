import { lstatSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { dropForeignLock } from './profile-lock.ts'

let profile = ''
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'sunhall-profile-'))
})
afterEach(() => rmSync(profile, { recursive: true, force: true }))

function lockedBy(owner: string): void {
  symlinkSync(owner, join(profile, 'SingletonLock'))
  symlinkSync('4711', join(profile, 'SingletonCookie'))
  symlinkSync(join(profile, 'gone', 'SingletonSocket'), join(profile, 'SingletonSocket'))
  writeFileSync(join(profile, 'Local State'), '{}')
}

it('drops what a machine of another name has left, and nothing else of the profile', () => {
  lockedBy('old-hall-pc-4711')
  expect(dropForeignLock(profile, 'hall-pc')).toBe('old-hall-pc')
  expect(readdirSync(profile)).toEqual(['Local State'])
})

it('leaves a lock of this machine to Chromium', () => {
  lockedBy('hall-pc-4711')
  expect(dropForeignLock(profile, 'hall-pc')).toBe(null)
  expect(lstatSync(join(profile, 'SingletonLock')).isSymbolicLink()).toBe(true)
})

it('has nothing to do in a fresh profile', () => {
  expect(dropForeignLock(profile, 'hall-pc')).toBe(null)
})
