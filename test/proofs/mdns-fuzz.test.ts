// A few thousand of the packets that `npm run prove -- mdns-fuzz` sends a million of.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fuzz } from './mdns-fuzz.ts'

test('mutated mDNS packets: no mistake of ours, and found afterwards', async () => {
  const { mistakes, isFoundAfter } = await fuzz(5000, 5)

  assert.deepEqual(mistakes, [])
  assert.ok(isFoundAfter)
})
