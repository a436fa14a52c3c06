// Files made to hold us up, and files that tell their sizes in unusual ways.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { noise, writeWav } from '../../test/fakes/sound-files.ts'
import type { ByteSource } from './byte-source.ts'
import { openDecoder } from './index.ts'
import { readSampleTable } from './mp4/sample-table.ts'

test('an MP4 index that sends us over the same chunks again and again is refused at once', async () => {
  const chunkCount = 100_000
  const rows = Array.from({ length: 20_000 }, (_, row) => [row % 2 === 0 ? 1 : chunkCount, 0, 1]).flat()
  const stbl = Buffer.concat([
    box('stsz', uint32s([0, 1000, 10])),
    box('stsc', uint32s([0, rows.length / 3, ...rows])),
    box('stco', uint32s([0, chunkCount, ...new Array<number>(chunkCount).fill(0)])),
  ])
  const place = { name: 'stbl', offset: 0, sizeBytes: stbl.length }

  await assert.rejects(readSampleTable(memory(stbl), place), { code: 'CANNOT_DECODE' })
})

test('a WAV with sizes of 64 bits ends where its sound ends, not where the file does', async (t) => {
  const sound = noise(3000, 1)
  const plain = readFileSync(writeWav(join(newFolder(t), 'plain.wav'), sound))
  const [format, data] = [plain.subarray(12, 36), plain.subarray(44)]
  const sizes = Buffer.alloc(28)
  sizes.writeBigUInt64LE(BigInt(data.length), 8)
  const open = Buffer.from('data\xff\xff\xff\xff', 'latin1')
  const trailing = Buffer.from(`LIST\x40\0\0\0${'x'.repeat(64)}`, 'latin1')
  const path = join(newFolder(t), 'long.wav')
  const parts = [Buffer.from('RF64\xff\xff\xff\xffWAVEds64\x1c\0\0\0', 'latin1'), sizes]
  writeFileSync(path, Buffer.concat([...parts, format, open, data, trailing]))

  const decoder = await openDecoder(path)
  await decoder.close()

  assert.equal(decoder.lengthFrames, 3000)
})

test('a pipe that nobody writes to is refused, not waited for', {
  skip: process.platform === 'win32',
}, async (t) => {
  const path = join(newFolder(t), 'pipe.mp3')
  execFileSync('mkfifo', [path])

  await assert.rejects(openDecoder(path), { code: 'CANNOT_DECODE' })
})

// --- pieces

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-hostile-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

function box(name: string, content: Buffer): Buffer {
  return Buffer.concat([uint32s([8 + content.length]), Buffer.from(name, 'latin1'), content])
}

function uint32s(numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4)
  for (const [index, number] of numbers.entries()) bytes.writeUInt32BE(number, index * 4)
  return bytes
}

function memory(bytes: Uint8Array): ByteSource {
  return {
    sizeBytes: bytes.length,
    read: async (offset, length) => bytes.slice(offset, offset + length),
    async close() {},
  }
}
