import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { ahead } from './ahead.ts'

const ITEMS = [5, 1, 4, 2, 3, 0]

describe('jobs that are begun ahead', () => {
  it('give their results in the order of the items, a few at a time', async () => {
    let running = 0
    let most = 0
    const results: number[] = []
    const job = async (item: number): Promise<number> => {
      running += 1
      most = Math.max(most, running)
      await setTimeout(item)
      running -= 1
      return item * 10
    }
    for await (const result of ahead(ITEMS, 3, job)) results.push(result)
    expect(results).toEqual([50, 10, 40, 20, 30, 0])
    expect(most).toBe(3)
  })

  it('have all ended when one fails, and what fails is heard of in its turn', async () => {
    let running = 0
    const results: number[] = []
    const walk = async (): Promise<void> => {
      const job = async (item: number): Promise<number> => {
        running += 1
        await setTimeout(item * 5)
        running -= 1
        if (item === 1) throw new Error('Expected no 1')
        return item
      }
      for await (const result of ahead(ITEMS, 3, job)) results.push(result)
    }
    await expect(walk()).rejects.toThrow('Expected no 1')
    expect(results).toEqual([5])
    expect(running).toBe(0)
  })
})
