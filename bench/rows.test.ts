import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printTable, Rows } from './rows.ts'

test('a row is its medians, their ratio, and met when each target is', () => {
  const rows = new Rows()
  const says = 'all items'
  rows.declare('items', {
    says,
    unit: 'ms',
    targets: [
      { of: 'first', most: 150 },
      { of: 'ratio', most: 1.5 },
    ],
  })
  rows.declare('pages', { says: 'pages', unit: '/s', targets: [{ of: 'again', least: 8000 }] })
  rows.add('items', 'first', 160, 90, 100)
  rows.add('items', 'again', 30)
  rows.add('items', 'ceiling', 15)
  rows.add('pages', 'again', 9000)
  rows.add('pages', 'ceiling', 18_000)

  const [items, pages] = rows.all()

  assert.deepEqual([items?.first, items?.ratio, items?.isMet], [100, 2, false])
  assert.deepEqual([pages?.ratio, pages?.isMet], [2, true], 'of a rate, more is better')
  assert.match(
    printTable(rows.all()),
    /items +all items +100 ms +30\.0 ms +15\.0 ms +2\.0 +first ≤ 150 ms; ≤ 1\.5 × ceiling +NO/,
  )
})

test('what could not be measured is said, and neither met nor missed', () => {
  const rows = new Rows()
  rows.declare('copied', { says: 'copied in', unit: 's', targets: [{ of: 'again', most: 1 }] })
  assert.equal(rows.hasFailed, false)

  rows.fail('copied', new Error('no answer in 15000 ms'))

  assert.equal(rows.hasFailed, true)
  assert.equal(rows.all()[0]?.isMet, undefined)
  assert.match(printTable(rows.all()), /copied: no answer in 15000 ms/)
})
