import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clockText, initialsOf, markedParts, remainingText } from './words.ts'

const marked = (text: string, ...words: string[]) =>
  markedParts(text, words)
    .map((part) => (part.isMatch ? `[${part.text}]` : part.text))
    .join('')

test('what was typed is marked where words begin so, whatever their case and accents', () => {
  assert.equal(marked('Marché aux étoiles', 'mar', 'eto'), '[Mar]ché aux [éto]iles')
  assert.equal(marked('Grammar', 'mar'), 'Grammar')
  assert.equal(marked('夜の電車', '夜'), '[夜]の電車')
  assert.equal(marked('A <b> tag', 'b'), 'A <[b]> tag')
  assert.equal(marked('Anything'), 'Anything')
})

test('times as people read them', () => {
  assert.equal(clockText(370_900), '6:10')
  assert.equal(clockText(3_723_000), '1:02:03')
  assert.equal(remainingText(126_000, 331_000), '\u22123:25')
  assert.equal(remainingText(400_000, 331_000), '\u22120:00')
})

test('the label of a record has the first letters of two words', () => {
  assert.equal(initialsOf('Untitled Demos, vol. 1'), 'UD')
  assert.equal(initialsOf('🌵 desert'), 'D')
  assert.equal(initialsOf('***'), '')
})
