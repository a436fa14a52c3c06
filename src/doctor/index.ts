// Why a host, remote or speaker is not seen: one check per file, each with its sentences and fixes.
// Judges evidence; what touches a socket is in gather/. Repairs nothing, and shows nothing (that is for cli/ and web/).

export { checks } from './checks.ts'
export { type Examination, type ExamineOptions, examine } from './examine.ts'
export type { Check, FaultRow, Finding } from './finding.ts'
export type { Patient } from './patient.ts'
