import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { createLog } from './console-log.ts'

/** What was written to it; `isTTY`: as a terminal without colours. */
function stderr(isTTY: boolean) {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY, hasColors: () => false })
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => (stream.read() as string) ?? '' }
}

test('a service manager gets one JSON object per line, whatever is in it', () => {
  const { stream, text } = stderr(false)
  const log = createLog({ TONEARM_LOG: 'info' }, stream).child({ room: 'library' })

  log.debug('too much')
  log.warn('odd', { path: 'a\nb', id: 12n, error: new Error('broken') })

  const { time, error, ...line } = JSON.parse(text()) as Record<string, unknown>
  assert.deepEqual(line, { level: 40, room: 'library', path: 'a\nb', id: '12', msg: 'odd' })
  assert.equal(typeof time, 'number')
  assert.match(String(error), /^Error: broken\n {4}at /)
})

test('no file name drives the terminal', () => {
  const { stream, text } = stderr(true)

  createLog({}, stream).warn('odd', { path: 'red \x1b[31m\nname' })

  assert.equal(stripVTControlCharacters(text()), 'warn: odd path=red  [31m name\n')
})

test('the host goes on when nobody reads its log any more', () => {
  const { stream } = stderr(false)
  createLog({}, stream)

  stream.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
})
