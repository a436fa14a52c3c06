// npm run bench: the figures of the real host, as a client sees them.

import { writeFileSync } from 'node:fs'
import { arch, cpus, loadavg, platform, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { groups as controlGroups } from './control/row-table.ts'
import { benchControl } from './control/run.ts'
import type { BenchOrder, BenchResult } from './frame.ts'
import { groups as libraryGroups } from './library/row-table.ts'
import { benchLibrary } from './library/run.ts'
import { printTable } from './rows.ts'
import { groups as webGroups } from './web/row-table.ts'
import { benchWeb } from './web/run.ts'

const help = `Usage: npm run bench -- library|control|web [options]

Starts the host on a made library, asks it as clients do, and prints one row per number: the first request of its
kind after a start, the median of later ones, the ceiling (the same bytes from memory by the same kind of server),
the ratio, and whether the target is met. docs/performance.md says how to read it.

  library         scans, lists, pages, searches, memory
  control         taps, and remotes that wait to be told
  web             the page, in Chromium

  --tracks N      songs in the library, 100000 when not said; made once and kept
  --rows A,B      only these: library has ${libraryGroups.join(', ')};
                  control has ${controlGroups.join(', ')};
                  web has ${webGroups.join(', ')}
  --starts N      starts after the first scan, 6 when not said; half of them list plain, half zipped
  --remotes A,B   control: crowds of so many that wait, 1,1000,15000 when not said
  --data DIR      a data directory to use and keep, so that the next run needs no first scan
  --json FILE     everything, each sample too, as JSON

Ends with 0, or with 1 when a row could not be measured. A missed target is no failure: targets are for a quiet machine.
Example: npm run bench -- library --tracks 5000 --rows page,albums`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tracks: { type: 'string', default: '100000' },
    rows: { type: 'string' },
    starts: { type: 'string', default: '6' },
    remotes: { type: 'string', default: '1,1000,15000' },
    data: { type: 'string' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

const benches: Readonly<Record<string, () => Promise<BenchResult>>> = { library, control, web }
const [name = '', ...others] = positionals
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined
if (values.help) console.log(help)
else if (!bench || others.length > 0) refuse('Say what to measure: library, control or web.')
else
  try {
    await measure(bench)
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  }

function library(): Promise<BenchResult> {
  return benchLibrary({ ...common(libraryGroups), starts: starts() })
}

function control(): Promise<BenchResult> {
  const remotes = values.remotes.split(',').map((text) => wholeNumber('--remotes', text, 1, 19_000))
  return benchControl({ ...common(controlGroups), starts: starts(), remotes })
}

function web(): Promise<BenchResult> {
  return benchWeb(common(webGroups))
}

function common<Group extends string>(groups: readonly Group[]): BenchOrder<Group> {
  const tracks = wholeNumber('--tracks', values.tracks, 100, 2_000_000)
  return { tracks, groups: wantedGroups(groups), data: values.data, say }
}

function starts(): number {
  return wholeNumber('--starts', values.starts, 1, 50)
}

function say(what: string): void {
  process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${what}` : `${what}\n`)
}

async function measure(run: () => Promise<BenchResult>): Promise<void> {
  const loadBefore = loadavg()
  const { tracks, rows, hasFailed } = await run()
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
  const machine = {
    processor: cpus()[0]?.model.trim(),
    cores: cpus().length,
    memoryMb: Math.round(totalmem() / 1e6),
    system: `${platform()} ${arch()}`,
    node: process.versions.node,
    loadBefore,
    loadAfter: loadavg(),
  }
  console.log(
    `${tracks} songs; ${machine.cores} cores, ${machine.processor}; Node ${machine.node}; load ${loadBefore[0]?.toFixed(1)}\n`,
  )
  console.log(printTable(rows))
  if (values.json !== undefined) {
    const whole = { when: new Date().toISOString(), tracks, machine, rows }
    writeFileSync(values.json, `${JSON.stringify(whole, undefined, 2)}\n`)
  }
  process.exitCode = hasFailed ? 1 : 0
}

function wantedGroups<Group extends string>(groups: readonly Group[]): readonly Group[] {
  if (values.rows === undefined) return groups
  const names = values.rows.split(',')
  const unknown = names.find((name) => !groups.some((group) => group === name))
  if (unknown !== undefined) refuse(`There is no row "${unknown}". There are: ${groups.join(', ')}.`)
  return groups.filter((group) => names.includes(group))
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < least || number > most)
    refuse(`${option} is a whole number from ${least} to ${most}.`)
  return number
}

function refuse(sentence: string): never {
  console.error(`${sentence}\nMore: npm run bench -- --help`)
  process.exit(2)
}
