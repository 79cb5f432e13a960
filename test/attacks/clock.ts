// Loaded before a program under test (`node --import`): its clock starts at SUNHALL_TEST_CLOCK, ISO 8601, and runs on from
// there, as `faketime` would have it, which isn't on every machine.
const { Date: TrueDate } = globalThis
const ahead = Date.parse(process.env['SUNHALL_TEST_CLOCK'] ?? '') - TrueDate.now()

class ShiftedDate extends TrueDate {
  constructor(...given: [] | [number | string | Date]) {
    super(given.length === 0 ? ShiftedDate.now() : given[0])
  }
  static override now(): number {
    return TrueDate.now() + ahead
  }
}

Object.assign(globalThis, { Date: ShiftedDate })
