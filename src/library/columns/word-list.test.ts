import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type WordList, withWords, wordAt } from './word-list.ts'

const noWords: WordList = { units: new Uint16Array(), wordStarts: new Uint32Array(1) }

function wordsOf(list: WordList): string[] {
  return Array.from({ length: list.wordStarts.length - 1 }, (_, place) => wordAt(list, place))
}

test('a list with more words is the list of all in order, and knows where each has gone', () => {
  const lots = [
    ['blue', 'river', 'ünder'],
    ['blue'],
    ['a', 'blues', 'river', 'zoo'],
    ['\u{1f600}', 'bl', 'blue', 'rivers'],
  ]
  let list = noWords
  const all = new Set<string>()
  for (const wanted of lots) {
    const before = wordsOf(list)
    const longer = withWords(list, new Set(wanted))
    for (const word of wanted) all.add(word)
    const words = wordsOf(longer)

    assert.deepEqual(words, [...all].sort())
    assert.deepEqual(
      wanted.map((word) => words[longer.placeOf.get(word) ?? -1]),
      wanted,
    )
    const places = longer.placeOfKnown ?? before.keys()
    assert.deepEqual(
      Array.from(places, (place) => words[place]),
      before,
    )
    list = longer
  }
})
