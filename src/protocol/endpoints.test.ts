import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type EndpointName, endpoints, matchEndpoint, pathOf } from './endpoints.ts'

test('every path leads back to its own row', () => {
  const params = {
    database: 1,
    container: 2,
    item: 3,
    group: 4,
    kind: 'artists',
    file: '11.mp3',
    interface: 1,
  }

  for (const name of Object.keys(endpoints) as EndpointName[])
    assert.equal(matchEndpoint(pathOf(name, params))?.name, name)
})

test('parameters are decoded, and missing ones are a mistake of the caller', () => {
  assert.deepEqual(matchEndpoint('/databases/1/items/11.mp3'), {
    name: 'itemStream',
    params: { database: '1', file: '11.mp3' },
  })
  assert.equal(pathOf('itemArtwork', { database: 1, item: 7n }), '/databases/1/items/7/extra_data/artwork')
  assert.throws(() => pathOf('items'), TypeError)
})

test('paths that nobody knows lead nowhere', () => {
  for (const path of ['/', '', '/databases/', '/databases/1', '/databases/1/items/%zz', '/ctrl-int/1/nosuch'])
    assert.equal(matchEndpoint(path), undefined, path)
})
