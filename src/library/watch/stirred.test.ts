import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stirredPaths } from './stirred.ts'

test('what is calm is looked at, with its folder; what is not yet is asked for again', () => {
  const stirred = stirredPaths(['/music'])
  stirred.note('/music/Blue/a.mp3', 0)
  stirred.noteFolder('/music/Green', 10)

  assert.equal(stirred.take(100).scope, undefined)
  assert.ok(stirred.take(100).againMs)
  assert.deepEqual(stirred.take(250), {
    scope: { whole: ['/music/Blue/a.mp3'], shallow: ['/music/Green', '/music/Blue'], busy: [] },
  })
  assert.deepEqual(stirred.take(300), {})
})

test('a file that is still written is left alone, and keeps the others waiting for a moment only', () => {
  const stirred = stirredPaths(['/music'])
  stirred.note('/music/done.mp3', 0)
  for (let ms = 0; ms <= 2000; ms += 50) {
    stirred.note('/music/slow.mp3', ms)
    const { scope } = stirred.take(ms)
    if (scope) {
      assert.deepEqual([scope.whole, scope.busy, ms], [['/music/done.mp3'], ['/music/slow.mp3'], 500])
    }
  }

  assert.deepEqual(stirred.take(2200).scope, { whole: ['/music/slow.mp3'], shallow: ['/music'], busy: [] })
})

test('beyond what can be remembered everything is looked at', () => {
  const stirred = stirredPaths(['/music', '/more'])
  for (let number = 0; number < 30_000; number++) stirred.note(`/music/${number}.mp3`, 0)

  assert.deepEqual(stirred.take(1000).scope, { whole: ['/music', '/more'], shallow: [], busy: [] })
  assert.deepEqual(stirred.take(2000), {})
})
