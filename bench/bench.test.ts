import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { eventually } from '../test/lab/eventually.ts'
import type { Row } from './rows.ts'

const main = join(import.meta.dirname, 'main.ts')

test('a small library is measured with the real host: rows, ratios, JSON, status 0', {
  timeout: 120_000,
}, (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-bench-test-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const json = join(folder, 'bench.json')
  const options = ['--tracks', '300', '--starts', '2', '--rows', 'scan,page,albums,items,gzip,search']

  const run = spawnSync(process.execPath, [main, 'library', ...options, '--json', json], {
    encoding: 'utf8',
    env: { ...process.env, TONEARM_BENCH_CACHE: folder },
  })

  assert.equal(run.status, 0, run.stderr + run.stdout)
  assert.match(run.stdout, /^page +page of 50 songs, anywhere .* again ≤ 1 ms/m)
  const { tracks, rows } = JSON.parse(readFileSync(json, 'utf8')) as { tracks: number; rows: Row[] }
  assert.equal(tracks, 300)
  const byName = new Map(rows.map((row) => [row.name, row]))
  for (const name of ['page', 'albums', 'items', 'items-gzip', 'search-letter', 'contains-none']) {
    const row = byName.get(name)
    assert.ok(row?.first && row.again && row.ceiling && row.ratio, `${name} is measured in every column`)
  }
  assert.equal(byName.get('rescan')?.samples.again.length, 2)
  assert.equal(byName.has('memory-idle'), false, 'only what was asked for')
})

test('taps and waiting remotes are measured with the real host, and none is lost', {
  timeout: 240_000,
}, (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-bench-test-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const json = join(folder, 'bench.json')
  const options = ['--tracks', '300', '--starts', '1', '--remotes', '40', '--json', json]

  const run = spawnSync(process.execPath, [main, 'control', ...options], {
    encoding: 'utf8',
    env: { ...process.env, TONEARM_BENCH_CACHE: folder },
  })

  assert.equal(run.status, 0, run.stderr + run.stdout)
  const { rows } = JSON.parse(readFileSync(json, 'utf8')) as { rows: Row[] }
  const byName = new Map(rows.map((row) => [row.name, row]))
  assert.ok(byName.get('tap-playing')?.first && byName.get('tap-playing')?.again)
  for (const name of ['told-40', 'load-told-40']) assert.ok(byName.get(name)?.again, `${name} is measured`)
  for (const name of ['lost-40', 'load-lost-40'])
    assert.deepEqual([...new Set(byName.get(name)?.samples.again)], [0], `${name} is none`)
})

test('stopped in the middle, it leaves no process and no folder behind', { timeout: 120_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-bench-test-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const data = join(folder, 'data')
  const bench = spawn(process.execPath, [main, 'library', '--tracks', '300', '--data', data], {
    stdio: 'ignore',
    env: { ...process.env, TONEARM_BENCH_CACHE: join(folder, 'cache'), TMPDIR: folder },
  })
  const ended = once(bench, 'exit')
  const running = join(data, 'running.json')
  await eventually('the host', () => existsSync(running), 60_000)
  const { pid } = JSON.parse(readFileSync(running, 'utf8')) as { pid: number }

  bench.kill('SIGTERM')
  await ended

  await eventually('the end of the host', () => !isRunning(pid))
  assert.deepEqual(globSync('tonearm-bench-run-*', { cwd: folder }), [])
})

test('wrong usage is told, with status 2', () => {
  for (const args of [[], ['library', '--rows', 'nothing'], ['library', '--tracks', 'many']]) {
    const run = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' })
    assert.deepEqual([run.status, /--help/.test(run.stderr)], [2, true], args.join(' '))
  }
})

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
