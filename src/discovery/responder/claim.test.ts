import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameOf } from '../dns/name.ts'
import type { AddressRecord } from '../dns/records.ts'
import { compareProposals, hostLabel, instanceLabel, isCrowded, startAfterCrowd } from './claim.ts'

test('the next names: numbered, and cut where a label ends', () => {
  assert.equal(instanceLabel('Studio', 1), 'Studio')
  assert.equal(instanceLabel('Studio', 2), 'Studio (2)')
  assert.equal(hostLabel('tonearm-12345678', 2), 'tonearm-12345678-2')
  const long = instanceLabel('♪'.repeat(40), 12)
  assert.equal(long, `${'♪'.repeat(19)} (12)`)
  assert.ok(Buffer.byteLength(long) <= 63)
})

test('of two proposals the one with the later data wins, whatever their order; equal ones do not fight', () => {
  // The example of RFC 6762 8.2.
  const lower = [address('169.254.99.200')]
  const higher = [address('169.254.200.50')]

  assert.ok(compareProposals(lower, higher) < 0)
  assert.ok(compareProposals(higher, lower) > 0)
  assert.equal(compareProposals([...lower, ...higher], [...higher, ...lower]), 0)
  assert.ok(compareProposals(lower, [...lower, ...higher]) < 0)
})

test('fifteen conflicts within ten seconds are a crowd', () => {
  const conflictsMs = Array.from({ length: 15 }, (_, i) => i * 100)

  assert.ok(!isCrowded(conflictsMs.slice(1), 1500))
  assert.ok(isCrowded(conflictsMs, 1500))
  assert.ok(!isCrowded(conflictsMs, 10_000))
  assert.equal(startAfterCrowd(1500).dueMs, 6500)
})

function address(text: string): AddressRecord {
  return { name: nameOf('a.local'), type: 'A', classCode: 1, isUnique: false, ttlSeconds: 120, address: text }
}
