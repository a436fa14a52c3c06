// Formats that only ffmpeg knows, and files of ours in ways that only it understands.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { noise, type Sound, writeWav } from '../../../test/fakes/sound-files.ts'
import { needs } from '../../../test/lab/peers.ts'
import { type Decoder, openDecoder } from '../index.ts'
import { openByFfmpeg } from './ffmpeg-decoder.ts'

const frames = 30_001
const sound = noise(frames, 3)

/** `isLossless`: every sample is known; else only that a part is as in the whole. */
const files = [
  { name: 'a.wv', options: ['-c:a', 'wavpack'], isLossless: true },
  { name: 'a.mka', options: ['-c:a', 'flac'], isLossless: true },
  { name: 'fragmented.m4a', options: ['-c:a', 'alac', '-movflags', 'frag_keyframe'], isLossless: true },
  { name: 'law.wav', options: ['-c:a', 'pcm_mulaw'], isLossless: false },
  { name: 'a.wma', options: ['-c:a', 'wmav2'], isLossless: false },
]

test('what only ffmpeg knows is played through it, from any sample on', async (t) => {
  if (!needs(t, 'ffmpeg')) return
  const folder = newFolder(t)
  const source = writeWav(join(folder, 'source.wav'), sound)
  for (const { name, options, isLossless } of files) {
    const path = join(folder, name)
    execFileSync('ffmpeg', ['-v', 'error', '-i', source, ...options, path])
    const decoder = await openDecoder(path)
    const whole = await rest(decoder)

    if (isLossless) assert.deepEqual(whole, sound, name)
    else assert.ok(Math.abs(whole.length / 2 - frames) < 4096, name)
    for (const place of [1, 20_000]) {
      await decoder.seek(place)
      assert.deepEqual(await rest(decoder), whole.slice(place * 2), `${name} from ${place}`)
    }
    await decoder.seek(10_000_000)
    assert.equal(await decoder.read(), undefined)
    await decoder.close()
  }
})

test('AAC by ffmpeg is as long as its container says', async (t) => {
  if (!needs(t, 'ffmpeg')) return
  const folder = newFolder(t)
  const path = join(folder, 'a.m4a')
  execFileSync('ffmpeg', ['-v', 'error', '-i', writeWav(join(folder, 'source.wav'), sound), path])
  const decoder = await openByFfmpeg({ path, demuxer: 'mov', lengthSeconds: frames / 44_100 })

  assert.equal(decoder.lengthFrames, frames)
  assert.equal((await rest(decoder)).length / 2, frames)
  await decoder.close()
})

test('a file that ffmpeg cannot read either is refused with words', async (t) => {
  if (!needs(t, 'ffmpeg')) return
  const path = join(newFolder(t), 'broken.wv')
  writeFileSync(path, `wvpk${'x'.repeat(100)}`)

  await assert.rejects(openDecoder(path), { code: 'CANNOT_DECODE' })
})

test('a song cannot make ffmpeg read other files', async (t) => {
  if (!needs(t, 'ffmpeg')) return
  const folder = newFolder(t)
  const secret = writeWav(join(folder, 'secret.wav'), sound)
  const list = join(folder, 'song.wv')
  writeFileSync(list, `#EXTM3U\n#EXTINF:1,\n${secret}\n#EXT-X-ENDLIST\n`)
  const concat = join(folder, 'song.ape')
  writeFileSync(concat, `ffconcat version 1.0\nfile '${secret}'\n`)

  for (const path of [list, concat]) await assert.rejects(openDecoder(path), { code: 'CANNOT_DECODE' })
  await assert.rejects(openByFfmpeg({ path: `concat:${secret}|${secret}`, demuxer: 'wav' }), {
    code: 'CANNOT_DECODE',
  })
})

test('closing a song ends its ffmpeg', { skip: process.platform !== 'linux' }, async (t) => {
  if (!needs(t, 'ffmpeg')) return
  const folder = newFolder(t)
  const path = join(folder, 'a.wv')
  const source = writeWav(join(folder, 'source.wav'), noise(300_000, 1))
  execFileSync('ffmpeg', ['-v', 'error', '-i', source, '-c:a', 'wavpack', path])
  const decoder = await openDecoder(path)
  const children = () => readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim()
  assert.notEqual(children(), '')

  await decoder.close()

  while (children() !== '') await new Promise(setImmediate)
})

async function rest(decoder: Decoder): Promise<Sound> {
  const samples: number[] = []
  for (let block = await decoder.read(); block !== undefined; block = await decoder.read())
    for (const sample of block) samples.push(Math.round(sample * 32_768))
  return Int16Array.from(samples)
}

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-ffmpeg-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}
