import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { apiPage } from '../../scripts/print-api.ts'

test('docs/api.md says what the table says', () => {
  const page = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8')

  assert.equal(page, apiPage(), 'write it anew with: node scripts/print-api.ts --write')
})
