import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Found } from '../../remote/node.ts'
import { findReport } from './find-report.ts'

const attic: Found = {
  kind: 'host',
  name: 'Attic',
  serviceName: '63B5E5C0C201542E',
  addresses: ['192.168.7.1'],
  port: 3689,
  hostName: 'attic.local',
  interfaceName: 'eth0',
  macAddresses: [],
}
const withMore: Found = { ...attic, addresses: ['192.168.7.1', 'fe80::1%eth0'] }
const elsewhere: Found = { ...attic, addresses: ['192.168.7.2'] }

/** What was printed. */
function printed(t: TestContext): string[] {
  const lines: string[] = []
  t.mock.method(process.stdout, 'write', (text: string) => lines.push(text))
  return lines
}

test('a person is told of a host once, and again when it is elsewhere', (t) => {
  const lines = printed(t)
  const report = findReport({ isJson: false })

  for (const found of [attic, withMore, attic, elsewhere]) report.up(found)

  assert.deepEqual(
    lines.map((text) => text.trim().split(/ {2,}/).at(-1)),
    ['192.168.7.1:3689', '192.168.7.2:3689'],
  )
})

test('a program is told of every address', (t) => {
  const lines = printed(t)
  const report = findReport({ isJson: true })

  for (const found of [attic, withMore, withMore]) report.up(found)

  assert.deepEqual(
    lines.map((text) => (JSON.parse(text) as Found).addresses.length),
    [1, 2],
  )
})
