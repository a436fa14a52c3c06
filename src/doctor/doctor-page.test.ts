import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { doctorPage } from '../../scripts/print-faults.ts'

test('docs/doctor.md has every fault', () => {
  const page = readFileSync(new URL('../../docs/doctor.md', import.meta.url), 'utf8')

  assert.equal(page, doctorPage(), 'write it anew with: node scripts/print-faults.ts --write')
})
