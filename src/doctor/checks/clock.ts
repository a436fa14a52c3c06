// Whether both ends mean the same time: certificates, caches and “last seen” go by it.

import { checkOf, healthy, unknown } from '../finding.ts'

const mostSkewMs = 120_000

export const clockCheck = checkOf({
  name: 'clock',
  asks: 'Do both clocks agree?',
  faults: {
    CLOCK_SKEW: {
      says: 'The clock of {name} is {skew} {direction} the one here.',
      fix: 'Set both by the network, for example `timedatectl set-ntp true`, and check the time zone.',
    },
  },
  async judge(context, fault) {
    const answer = await context.answer()
    const aheadMs = answer?.clockAheadMs
    if (!context.patient || !answer) return unknown('No host answers that could tell its time.')
    if (aheadMs === undefined) return unknown('The host does not tell its time.')
    const evidence = [`difference: ${Math.round(aheadMs / 1000)} s`]
    if (Math.abs(aheadMs) <= mostSkewMs) return healthy('Both clocks agree.', evidence)
    const words = {
      name: answer.libraryName ?? context.patient.name,
      skew: durationText(Math.abs(aheadMs)),
      direction: aheadMs > 0 ? 'ahead of' : 'behind',
    }
    return fault('CLOCK_SKEW', words, evidence)
  },
})

/** "7 minutes", "3 hours", "12 days". */
function durationText(ms: number): string {
  const units = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
  ] as const
  const [unit, unitMs] = units.find(([, size]) => ms >= 2 * size) ?? units[2]
  const count = Math.round(ms / unitMs)
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
