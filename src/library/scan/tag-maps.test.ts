import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keepTagMaps, openInside } from './tag-maps.ts'

test("music-metadata's tables of tag names are made once, and are the ones it would make", async () => {
  const { CombinedTagMapper } = await openInside()
  const before = new CombinedTagMapper().tagMappers

  await keepTagMaps()

  const [one, two] = [new CombinedTagMapper().tagMappers, new CombinedTagMapper().tagMappers]
  assert.deepEqual(Object.keys(one), Object.keys(before))
  for (const [kind, mapper] of Object.entries(one)) {
    assert.equal(mapper.tagMap, two[kind]?.tagMap, kind)
    assert.deepEqual({ ...mapper.tagMap }, { ...before[kind]?.tagMap }, kind)
    assert.equal(Object.getPrototypeOf(mapper), Object.getPrototypeOf(before[kind]), kind)
  }
})
