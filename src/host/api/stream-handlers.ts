import { KnownError } from '../../errors.ts'
import type { streamRoutes } from '../../protocol/api.ts'
import type { Asker, HandlersOf } from './call.ts'
import { revisionsOf, timeOf } from './shapes.ts'

export const streamHandlers: HandlersOf<typeof streamRoutes> = {
  streams({ asker, parts }) {
    const own = parts.streams.list().filter((stream) => belongsTo(stream, asker))
    return {
      streams: own.map(({ id, name, createdAtMs, lastUsedAtMs, listeners }) => ({
        id,
        name,
        createdAt: timeOf(createdAtMs),
        lastUsedAt: lastUsedAtMs === undefined ? null : timeOf(lastUsedAtMs),
        listeners: listeners.map(({ outputId, format }) => ({ outputId, format })),
      })),
    }
  },

  makeStream({ body, asker, parts }) {
    const { id, key } = parts.streams.make({ name: body.name, maker: asker.guid })
    return { id, key, ...revisionsOf(parts) }
  },

  async removeStream({ params, asker, parts }) {
    const stream = parts.streams.list().find(({ id }) => id === params['id'])
    if (!stream || !belongsTo(stream, asker)) throw new KnownError('NO_SUCH_STREAM')
    await parts.streams.remove(stream.id)
    return revisionsOf(parts)
  },
}

function belongsTo({ maker }: { maker: bigint | undefined }, { isOwner, guid }: Asker): boolean {
  return isOwner || (guid !== undefined && maker === guid)
}
