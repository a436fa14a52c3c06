import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Language, languages } from './languages.ts'
import { numberText } from './numbers.ts'

for (const language of Object.keys(languages) as Language[])
  test(`numbers are written as in ${languages[language]}`, () => {
    const format = new Intl.NumberFormat(language)
    for (const value of [0, 7, 42, 999, 1000, 13_155, 100_000, 1_234_567, -1500, 2.5, 1234.5])
      assert.equal(numberText(value, language), format.format(value))
  })
