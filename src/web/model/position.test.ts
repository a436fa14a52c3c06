import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Heard, nextShown, type Shown } from './position.ts'

const playing = (positionMs: number, readAtMs: number): Heard => ({
  positionMs,
  readAtMs,
  durationMs: 200_000,
  isRunning: true,
})

/** What is drawn from one moment to another, every 16 ms. */
function drawn(from: Shown, heard: Heard, untilMs: number): Shown[] {
  const shown = [from]
  for (let nowMs = from.atMs + 16; nowMs <= untilMs; nowMs += 16)
    shown.push(nextShown(shown.at(-1), heard, nowMs))
  return shown
}

test('a small difference is made up without a jump, and never backwards', () => {
  const shown = drawn({ positionMs: 10_000, atMs: 0 }, playing(9_700, 0), 5000)

  const steps = shown.slice(1).map(({ positionMs }, index) => positionMs - (shown[index]?.positionMs ?? 0))
  assert.ok(Math.min(...steps) >= 16 * 0.9 - 1e-6 && Math.max(...steps) <= 16 * 1.1 + 1e-6)
  assert.ok(Math.abs((shown.at(-1)?.positionMs ?? 0) - (9_700 + (shown.at(-1)?.atMs ?? 0))) < 1)
})

test('a needle that somebody moved is where it was put', () => {
  const shown = nextShown({ positionMs: 10_000, atMs: 0 }, playing(60_000, 10), 16)

  assert.equal(shown.positionMs, 60_006)
})

test('paused it stands, and at the end it stays', () => {
  const paused: Heard = { ...playing(5000, 0), isRunning: false }

  assert.equal(nextShown({ positionMs: 5000, atMs: 0 }, paused, 9000).positionMs, 5000)
  assert.equal(nextShown(undefined, playing(199_990, 0), 5000).positionMs, 200_000)
})
