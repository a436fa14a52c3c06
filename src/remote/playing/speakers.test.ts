import assert from 'node:assert/strict'
import { test } from 'node:test'
import { absoluteVolume, type Speaker, volumeRequests } from './speakers.ts'

const kitchen = '0000AABBCCDDEE01'
const bath = '0000AABBCCDDEE02'

/** A host that counts as OwnTone does, so that requests can be judged by what one hears. */
function host(volumes: Record<string, number>) {
  let master = Math.max(...Object.values(volumes))
  const relative = new Map(
    Object.entries(volumes).map(([id, volume]) => [id, master ? Math.ceil((100 * volume) / master) : 0]),
  )
  const heard = (id: string) => absoluteVolume(master, relative.get(id) ?? 0)
  return {
    heard,
    speakers: (): Speaker[] =>
      Object.keys(volumes).map((id) => ({
        id,
        name: id,
        isOn: true,
        volumePercent: heard(id),
        relativeVolumePercent: relative.get(id) ?? 0,
        needsPassword: false,
        trouble: undefined,
        underruns: undefined,
        outputId: undefined,
      })),
    apply(query: readonly (readonly [string, string])[]) {
      const values = new Map(query)
      const volume = Number(values.get('dmcp.volume'))
      const idOf = (name: string) =>
        BigInt(values.get(name) ?? 0)
          .toString(16)
          .toUpperCase()
          .padStart(16, '0')
      if (values.has('speaker-id')) return void relative.set(idOf('speaker-id'), volume)
      const before = new Map(Object.keys(volumes).map((id) => [id, heard(id)]))
      before.set(idOf('include-speaker-id'), volume)
      master = Math.max(...before.values())
      for (const [id, absolute] of before) relative.set(id, master ? Math.ceil((100 * absolute) / master) : 0)
    },
  }
}

const moves: [what: string, from: [number, number], to: number][] = [
  ['louder than all', [40, 60], 80],
  ['up, but below the other', [40, 60], 50],
  ['down from below', [40, 60], 10],
  ['the loudest down, still above the other', [70, 40], 50],
  ['the loudest down past the other', [70, 40], 20],
  ['to silence', [70, 40], 0],
]
for (const [what, [first, second], wanted] of moves) {
  test(`${what}: one moves from ${first} to ${wanted}, the other stays at ${second}`, () => {
    const music = host({ [kitchen]: first, [bath]: second })

    for (const query of volumeRequests(music.speakers(), kitchen, wanted)) music.apply(query)

    assert.deepEqual([music.heard(kitchen), music.heard(bath)], [wanted, second])
  })
}
