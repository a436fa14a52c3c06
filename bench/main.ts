// npm run bench: the figures of the real host, as a client sees them.

import { writeFileSync } from 'node:fs'
import { arch, cpus, loadavg, platform, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { type Group, groups } from './library/row-table.ts'
import { benchLibrary } from './library/run.ts'
import { printTable } from './rows.ts'

const help = `Usage: npm run bench -- library [options]

Starts the host on a made library, asks it as clients do, and prints one row per number: the first request of its
kind after a start, the median of later ones, the ceiling (the same bytes from memory by the same kind of server),
the ratio, and whether the target is met. docs/performance.md says how to read it.

  --tracks N      songs in the library, 100000 when not said; made once and kept
  --rows A,B      only these: ${groups.join(', ')}
  --starts N      starts after the first scan, 6 when not said; half of them list plain, half zipped
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
    data: { type: 'string' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) console.log(help)
else if (positionals.length !== 1 || positionals[0] !== 'library') refuse('Say what to measure: library.')
else
  try {
    await library()
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  }

async function library(): Promise<void> {
  const tracks = wholeNumber('--tracks', values.tracks, 100, 2_000_000)
  const starts = wholeNumber('--starts', values.starts, 1, 50)
  const loadBefore = loadavg()
  const { rows, hasFailed } = await benchLibrary({
    tracks,
    starts,
    groups: wantedGroups(values.rows),
    data: values.data,
    say: (what) => process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${what}` : `${what}\n`),
  })
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

function wantedGroups(text: string | undefined): readonly Group[] {
  if (text === undefined) return groups
  const names = text.split(',')
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
