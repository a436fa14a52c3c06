import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { outputContract } from '../../test/contracts/output.contract.ts'
import { noise, readWav, type Sound } from '../../test/fakes/sound-files.ts'
import { eventually } from '../../test/lab/eventually.ts'
import { needs } from '../../test/lab/peers.ts'
import { wavHeaderBytes } from '../audio/index.ts'
import { systemClock } from '../clock.ts'
import { KnownError } from '../errors.ts'
import { silentLog } from '../log.ts'
import { makeOutput } from './index.ts'
import { streamOutputId } from './stream/stream-id.ts'
import { openLine } from './stream/stream-line.ts'
import { StreamPump } from './stream/stream-pump.ts'
import { hasSoundDevice } from './system/has-device.ts'

const surroundings = { clock: systemClock, log: silentLog }

outputContract('null', async () => ({ output: makeOutput('null', surroundings), heard: () => undefined }))

outputContract('wav', async (t) => {
  const file = join(newFolder(t), 'out.wav')
  return { output: makeOutput(`wav:${file}`, surroundings), heard: async () => readWav(readFileSync(file)) }
})

outputContract('system', async (t) => {
  if (!needs(t, 'pulseaudio')) return undefined
  const server = await startPulse(t)
  process.env['PULSE_SERVER'] = server.address
  t.after(() => {
    delete process.env['PULSE_SERVER']
  })
  return { output: makeOutput('system', surroundings), heard: () => server.heard() }
})

outputContract('stream', async (t) => {
  const id = streamOutputId({ streamId: randomUUID(), format: 'wav', number: 1 })
  const parts: Uint8Array[] = []
  const hasBegun = Promise.withResolvers<void>()
  const hasEnded = Promise.withResolvers<void>()
  const pump = new StreamPump({
    format: 'wav',
    clock: systemClock,
    onBytes(_, bytes) {
      parts.push(bytes)
      hasBegun.resolve()
    },
    onEnded: () => hasEnded.resolve(),
  })
  const line = openLine(id, (message) => pump.hear(message))
  t.after(() => {
    pump.leave() // it would send silence for ever
    line.close()
  })
  pump.begin(1)
  await hasBegun.promise
  return {
    output: makeOutput(id, surroundings),
    async heard() {
      await hasEnded.promise
      const bytes = Buffer.concat(parts).subarray(wavHeaderBytes)
      return Int16Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readInt16LE(index * 2))
    },
  }
})

test('each start makes a new file and keeps the one before', async (t) => {
  const file = join(newFolder(t), 'out.wav')
  for (const seed of [1, 2]) {
    const output = makeOutput(`wav:${file}`, surroundings)
    await output.open({ sampleRateHz: 44_100, channels: 2 })
    await output.write({ samples: floats(noise(500, seed)), atMs: 0 })
    await output.close()
  }

  assert.deepEqual(readWav(readFileSync(file)), noise(500, 2))
  assert.deepEqual(readWav(readFileSync(`${file}.1`)), noise(500, 1))
})

test('a file that is taken away while it is written is reported, and begun anew when opened again', async (t) => {
  const file = join(newFolder(t), 'out.wav')
  let nowMs = 0
  const clock = { ...systemClock, nowMs: () => nowMs }
  const output = makeOutput(`wav:${file}`, { clock, log: silentLog })
  const write = (seed: number) => {
    nowMs += 1001 // the sizes are due
    return output.write({ samples: floats(noise(500, seed)), atMs: nowMs })
  }
  await output.open({ sampleRateHz: 44_100, channels: 2 })
  await write(1)

  rmSync(file)
  await assert.rejects(write(2), (error: KnownError) => {
    assert.equal(error.code, 'SPEAKER_LOST')
    assert.match(String(error.details['reason']), /taken away/)
    return true
  })
  await output.open({ sampleRateHz: 44_100, channels: 2 })
  await write(3)
  await output.close()

  assert.deepEqual(readWav(readFileSync(file)), noise(500, 3))
})

test('sound beyond full scale is clipped, never wrapped', async (t) => {
  const file = join(newFolder(t), 'out.wav')
  const output = makeOutput(`wav:${file}`, surroundings)
  await output.open({ sampleRateHz: 44_100, channels: 2 })
  await output.write({ samples: Float32Array.of(1.5, -1.5, 1, -1), atMs: 0 })
  await output.close()

  assert.deepEqual([...readWav(readFileSync(file))], [32_767, -32_768, 32_767, -32_768])
})

test('an output that does not exist is refused with the way out', () => {
  for (const id of ['gramophone', 'wav:', 'wav:x?bits=7', 'wav:x?rate=1'])
    assert.throws(
      () => makeOutput(id, surroundings),
      (error) => error instanceof KnownError && error.code === 'NO_SUCH_OUTPUT',
    )
})

test('a file that cannot be written says so', async () => {
  const output = makeOutput('wav:/nowhere/at/all.wav', surroundings)

  await assert.rejects(output.open({ sampleRateHz: 44_100, channels: 2 }), { code: 'NO_OUTPUT' })
})

test('a machine without a sound device says so, and lives', { skip: process.platform !== 'linux' }, (t) => {
  const folder = newFolder(t)
  const without = { XDG_RUNTIME_DIR: folder }

  assert.equal(hasSoundDevice(without, join(folder, 'none')), false)

  mkdirSync(join(folder, 'snd'))
  writeFileSync(join(folder, 'snd/pcmC0D0p'), '')
  assert.equal(hasSoundDevice(without, join(folder, 'snd')), true)
})

// --- the rig

/** A PulseAudio of the test's own whose only speaker is a pipe: bytes equal what was sent, in real time. */
async function startPulse(t: TestContext): Promise<{ address: string; heard(): Promise<Sound> }> {
  const folder = newFolder(t)
  const [fifo, socket] = [join(folder, 'fifo'), join(folder, 'native')]
  writeFileSync(
    join(folder, 'rig.pa'),
    `load-module module-native-protocol-unix auth-anonymous=1 socket=${socket}\n` +
      `load-module module-pipe-sink sink_name=p file=${fifo} format=s16le rate=44100 channels=2 use_system_clock_for_timing=yes\n`,
  )
  mkdirSync(join(folder, 'run'), { mode: 0o700 })
  const options = ['--daemonize=no', '--exit-idle-time=-1', '--use-pid-file=no', '--realtime=no']
  const pulse: ChildProcess = spawn('pulseaudio', ['-n', '-F', join(folder, 'rig.pa'), ...options], {
    env: { ...process.env, XDG_RUNTIME_DIR: join(folder, 'run'), HOME: folder },
    stdio: 'ignore',
  })
  const ended = once(pulse, 'exit')
  const stop = () => pulse.kill('SIGKILL')
  t.after(async () => {
    stop()
    await ended
  })
  const deadlineMs = systemClock.nowMs() + 10_000
  while (!(existsSync(fifo) && existsSync(socket))) {
    assert.ok(systemClock.nowMs() < deadlineMs, 'pulseaudio did not start')
    await systemClock.until(systemClock.nowMs() + 20)
  }
  const parts: Buffer[] = []
  const pipe = createReadStream(fifo).on('data', (part) => parts.push(part as Buffer))
  await once(pipe, 'open') // a test may end, and take the folder away, before that
  return {
    address: `unix:${socket}`,
    async heard() {
      await eventually('the end of the sound', () => endsInSilence(Buffer.concat(parts)))
      stop() // ends the pipe
      await once(pipe, 'close')
      const bytes = Buffer.concat(parts)
      return new Int16Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 2))
    },
  }
}

/** Something was heard, and for half a second nothing more: on a busy machine the server brings the last of it late. */
function endsInSilence(bytes: Buffer): boolean {
  const tail = bytes.subarray(-88_200)
  return bytes.some((byte) => byte !== 0) && tail.length === 88_200 && tail.every((byte) => byte === 0)
}

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-output-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function floats(sound: Sound): Float32Array {
  return Float32Array.from(sound, (sample) => sample / 32_768)
}
