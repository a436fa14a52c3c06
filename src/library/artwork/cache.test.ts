import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { eventually } from '../../../test/lab/eventually.ts'
import { artworkCache } from './cache.ts'

test('the cache stays within its limit; what was kept last is there', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-cache-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const cache = artworkCache(folder, 10_000)
  const picture = { bytes: new Uint8Array(1000).fill(7), mimeType: 'image/jpeg' } as const

  for (let at = 0; at < 40; at++) await cache.put(`picture ${at}`, picture)

  await eventually('the oldest go', async () => {
    await cache.put('the last one', picture)
    return readdirSync(folder).length <= 10
  })
  assert.deepEqual(new Uint8Array((await cache.get('the last one'))?.bytes ?? []), picture.bytes)
  assert.equal(await cache.get('picture 0'), undefined)
})
