// The office's approved telephone list of the sample: visibly invented numbers, 0745-55501xx, that belong to nobody.
import type { Frame } from './frame.ts'

export interface SamplePhone {
  office: string
  phone: string
}
const number = (order: number): string => `0745-5550${String(100 + order)}`
const HOTLINE = 0
const FIRST_DEPARTMENT = 1
const FIRST_TOWNSHIP = 70

/** Departments that run funds, in catalogue order. */
export function departmentsOf(frame: Frame): string[] {
  return [...new Set(frame.funds.map((fund) => fund.department))]
}
/** Contact and complaint phone of a department. */
export function departmentPhones(frame: Frame, department: string): { contact: string; complaint: string } {
  const at = Math.max(0, departmentsOf(frame).indexOf(department))
  return { contact: number(FIRST_DEPARTMENT + at * 2), complaint: number(FIRST_DEPARTMENT + at * 2 + 1) }
}
export function townshipPhone(frame: Frame, township: string): string {
  return number(FIRST_TOWNSHIP + frame.townships.findIndex((place) => place.code === township))
}
export function hotline(): string {
  return number(HOTLINE)
}
/** Every number that the sample publishes, with its office: what publication may show in `officePhone` fields (P5). */
export function phonesOf(frame: Frame): SamplePhone[] {
  const departments = departmentsOf(frame).flatMap((department) => {
    const { contact, complaint } = departmentPhones(frame, department)
    return [
      { office: department, phone: contact },
      { office: `${department}监督`, phone: complaint },
    ]
  })
  const townships = frame.townships.map((place) => ({
    office: `${place.name}人民政府`,
    phone: townshipPhone(frame, place.code),
  }))
  return [{ office: '县阳光查询服务台', phone: hotline() }, ...departments, ...townships]
}
