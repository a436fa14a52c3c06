import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bestOf, fit } from '../commands/best-match.ts'
import { fitted } from './output.ts'
import { cut, displayWidth, parseTime, printable, timeText } from './text.ts'

test('wide characters and marks are counted as a terminal shows them', () => {
  assert.equal(displayWidth('Blue'), 4)
  assert.equal(displayWidth('坂本龍一'), 8)
  assert.equal(displayWidth('Bjo\u0308rk'), 5)
  assert.equal(displayWidth('🎺'), 2)
})

test('a cut text is never wider than asked', () => {
  assert.equal(cut('坂本龍一', 5), '坂本…')
  assert.equal(cut('Blue', 4), 'Blue')
})

test('a tag cannot drive the terminal', () => {
  assert.equal(printable('Blue\u001b[2J\u202e!'), 'Blue [2J !')
})

test('times are read and written as on a player', () => {
  assert.equal(timeText(3_723_999), '1:02:03')
  assert.equal(timeText(65_000), '1:05')
  assert.equal(parseTime('1:23'), 83_000)
  assert.equal(parseTime('1:02:03'), 3_723_000)
  assert.equal(parseTime('1:75'), undefined)
  assert.equal(parseTime('soon'), undefined)
})

test('a table fits the terminal by its elastic columns', () => {
  assert.deepEqual(fitted([{ isElastic: true }, { isElastic: true }, {}], [40, 20, 5], 50), [21, 20, 5])
  assert.deepEqual(fitted([{ isElastic: true }, {}], [10, 5], 80), [10, 5])
})

test('what is called exactly so goes before what only has it in its name', () => {
  assert.equal(fit('Blue', 'blue'), 0)
  assert.equal(fit('Kind of Blue', 'blue'), 2)
  assert.equal(fit('Kind of Blue', 'blue kind'), 3)
  assert.equal(fit('Kind of Blue', 'red'), undefined)
  assert.equal(bestOf(['Kind of Blue', 'Blue', 'Blue Train'], 'blue', String)?.item, 'Blue')
})
