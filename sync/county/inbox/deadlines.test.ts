import { describe, expect, it } from 'vitest'
import { addWorkdays, nextDue, type Running } from './deadlines.ts'

const running = (more: Partial<Running>): Running => ({
  ...{ arrived: '2025-01-20', deadlines: null, told: '', closed: '', extended: false },
  ...more,
})

describe('deadlines', () => {
  it('count working days over the Spring Festival of 2025, its make-up Sunday included', () => {
    expect(addWorkdays('2025-01-25', 2)).toBe('2025-01-27')
    expect(addWorkdays('2025-01-27', 2)).toBe('2025-02-06')
  })

  it('give a question two working days, and whatever nobody has opened yet', () => {
    expect(nextDue(running({}), '2025-01-21')).toEqual({ what: 'answer', day: '2025-01-22', left: 1 })
    expect(nextDue(running({ deadlines: 'question' }), '2025-01-24')).toMatchObject({ left: -2 })
  })

  it('give a petition 15 days to be told and 60 to be closed, 30 more where granted', () => {
    const petition = running({ deadlines: 'petition' })
    expect(nextDue(petition, '2025-01-21')).toEqual({ what: 'told', day: '2025-02-05', left: 15 })
    const told = { ...petition, told: '2025-02-01' }
    expect(nextDue(told, '2025-02-01')).toMatchObject({ what: 'closed', day: '2025-03-21' })
    expect(nextDue({ ...told, extended: true }, '2025-02-01')).toMatchObject({ day: '2025-04-21' })
    expect(nextDue({ ...told, closed: '2025-03-01' }, '2025-03-02')).toBe(null)
  })

  it('end on the first working day after a holiday', () => {
    expect(nextDue(running({ arrived: '2025-01-17', deadlines: 'petition' }), '2025-01-18')?.day).toBe('2025-02-05')
  })
})
