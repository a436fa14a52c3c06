import assert from 'node:assert/strict'
import { test } from 'node:test'
import { insideOf, parentOf } from './host-path.ts'

test('into a folder and out of it, on either kind of machine', () => {
  for (const [folder, name, path] of [
    ['/', 'music', '/music'],
    ['/home/ida', 'Music', '/home/ida/Music'],
    ['C:\\', 'Music', 'C:\\Music'],
    ['C:\\Users\\Ida', 'Music', 'C:\\Users\\Ida\\Music'],
  ] as const) {
    assert.equal(insideOf(folder, name), path)
    assert.equal(parentOf(path), folder)
  }
  assert.equal(parentOf('/'), undefined)
  assert.equal(parentOf('C:\\'), undefined)
})
