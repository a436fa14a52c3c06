// Rules go into the TOML that hosts read, and come back as they were.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'smol-toml'
import { type SmartRules, tomlOf, withField, withOp } from './smart-rules.ts'
import { rulesOfToml } from './smart-toml.ts'

const rules: SmartRules = {
  name: 'Loved, "not" lately \\ [1]',
  match: 'all',
  rules: [
    { field: 'rating', op: 'at-least', values: ['4'] },
    { field: 'last-played', op: 'not-in-last', values: ['3 months'] },
    {
      match: 'any',
      rules: [
        { field: 'genre', op: 'begins-with', values: ['Jazz # not a comment'] },
        { field: 'year', op: 'between', values: ['1955', '1979'] },
        { field: 'comment', op: 'is-empty', values: [] },
      ],
    },
    { field: 'compilation', op: 'is', values: ['false'] },
  ],
  order: 'last-played',
  isDescending: true,
  limit: 50,
}

test('rules come back as they were', () => {
  assert.deepEqual(rulesOfToml(tomlOf(rules)), rules)
})

test('what is written is TOML, and says what was meant', () => {
  const table = parse(tomlOf(rules))

  assert.equal(table['name'], rules.name)
  assert.deepEqual({ ...(table['rules'] as object[])[0] }, { field: 'rating', op: 'at-least', value: 4 })
  assert.equal(table['limit'], 50)
})

test('a file written by hand is read; what the editor cannot show is left to text', () => {
  const byHand = `# mine
name = 'Nineties'
rules = [
  { field = "year", op = "between", value = [1990, 1999] }, # those
]
descending = true`

  assert.deepEqual(rulesOfToml(byHand)?.rules, [{ field: 'year', op: 'between', values: ['1990', '1999'] }])
  assert.equal(
    rulesOfToml('name = "x"\nrules = [{ not = { field = "year", op = "is", value = 1 } }]'),
    undefined,
  )
  assert.equal(rulesOfToml('name = "x"\nlimit-minutes = 9'), undefined)
  assert.equal(rulesOfToml('rules = [[[{'), undefined)
})

test('another field keeps what still makes sense', () => {
  const genre = { field: 'genre', op: 'contains', values: ['Jazz'] }

  assert.deepEqual(withField(genre, 'album'), { field: 'album', op: 'contains', values: ['Jazz'] })
  assert.deepEqual(withField(genre, 'rating'), { field: 'rating', op: 'is', values: ['4'] })
  assert.deepEqual(withOp({ field: 'date-added', op: 'in-last', values: ['3 months'] }, 'between').values, [
    '2020-01-01',
    '2020-01-01',
  ])
})
