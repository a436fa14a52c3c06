// Every language says everything, with the same things filled in.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { de } from './de.ts'
import { en, type Message } from './en.ts'
import { enLater } from './en-later.ts'
import { fr } from './fr.ts'
import { bestLanguage } from './index.ts'
import { ja } from './ja.ts'

const english: Readonly<Record<string, Message>> = { ...en, ...enLater }
const others: Readonly<Record<string, Readonly<Record<string, Message>>>> = { de, fr, ja }

const formsOf = (message: Message): readonly string[] =>
  typeof message === 'string' ? [message] : Object.values(message)
const namesIn = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).toSorted()

for (const [language, words] of Object.entries(others))
  test(`${language} says all that English says`, () => {
    assert.deepEqual(Object.keys(words).toSorted(), Object.keys(english).toSorted())
    for (const [key, message] of Object.entries(words)) {
      const wanted = namesIn(formsOf(english[key] ?? '').at(-1) ?? '')
      for (const form of formsOf(message)) {
        assert.notEqual(form.trim(), '', key)
        const missing = namesIn(form).filter((name) => !wanted.includes(name))
        assert.deepEqual(missing, [], `${key} fills in what is not given`)
      }
      assert.deepEqual(namesIn(formsOf(message).at(-1) ?? ''), wanted, key)
    }
  })

test('the first language that is there is taken, whatever its region', () => {
  assert.equal(bestLanguage(['pt-BR', 'de-AT', 'en']), 'de')
  assert.equal(bestLanguage(['xx']), 'en')
  assert.equal(bestLanguage([]), 'en')
})
