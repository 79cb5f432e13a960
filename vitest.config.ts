import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'

// Three rings, fastest first: unit (beside the code, Node), browser (real IndexedDB in the system's Chromium), end to
// end (whole processes). `.ci/test.mjs` runs them in this order.
const chromium = process.env['SUNHALL_CHROMIUM'] ?? '/usr/bin/chromium'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // Publications and key derivations take seconds where other programs share the machine.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          environment: 'node',
          include: [
            '{sync,kiosk-config,electron,renderer,.ci}/**/*.test.{ts,tsx}',
            'test/{unit,format,attacks}/**/*.test.ts',
          ],
          exclude: ['**/*.browser.test.*', '**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'browser',
          // One second, which is usual, is less than a page may wait for its turn on a shared machine.
          expect: { poll: { timeout: 10_000 } },
          include: ['{sync,renderer}/**/*.browser.test.{ts,tsx}', 'test/browser/**/*.test.{ts,tsx}'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath: chromium,
                args: [
                  '--no-sandbox',
                  '--disable-gpu',
                  '--no-first-run',
                  '--disable-background-networking',
                  '--disable-component-update',
                  '--disable-sync',
                ],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'e2e',
          expect: { poll: { timeout: 30_000 } },
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
