// What the kernel says of a process's memory (proc_pid_status(5)); undefined where there is no /proc.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'

export interface Memory {
  /** Resident now, MB of a million bytes. */
  readonly nowMb: number
  /** The most since the process began, or since `forgetPeak`. */
  readonly peakMb: number
}

export function memoryOf(pid: number): Memory | undefined {
  const file = `/proc/${pid}/status`
  if (!existsSync(file)) return undefined
  const text = readFileSync(file, 'utf8')
  const megabytes = (name: string) => (Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)?.[1]) * 1024) / 1e6
  return { nowMb: megabytes('VmRSS'), peakMb: megabytes('VmHWM') }
}

/** The peak counts anew from here. */
export function forgetPeak(pid: number): void {
  if (existsSync(`/proc/${pid}/clear_refs`)) writeFileSync(`/proc/${pid}/clear_refs`, '5')
}
