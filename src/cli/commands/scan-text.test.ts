import assert from 'node:assert/strict'
import { test } from 'node:test'
import { progressText } from './scan-text.ts'

test('what stopped a scan is told in the words of the host, without more', () => {
  const trouble = 'The disk that holds the data directory is full.'
  const progress = { state: 'idle', filesFound: 0, filesRead: 0, last: null, trouble } as const

  assert.equal(progressText(progress), trouble)
})
