// Three sleeves of what is behind a name in a list. They are asked for when the name has stood still for a moment.

import { useEffect, useState } from 'preact/hooks'
import type { Album, Remote, SongChoice } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { coverOfAlbum } from '../state/covers.ts'
import { Cover } from './cover.tsx'

const stillMs = 120
const sleeveCount = 3
const mostKept = 500
/** Of each host, so that coming back to a list shows them at once. */
const kept = new WeakMap<Remote, Map<string, readonly Album[]>>()

export function RowFan({ choice }: { choice: SongChoice }) {
  const { remote } = useHost()
  const key = JSON.stringify(choice)
  const [albums, setAlbums] = useState(() => kept.get(remote)?.get(key) ?? [])
  useEffect(() => {
    const ending = new AbortController()
    const timer = setTimeout(() => {
      sleevesOf(remote, choice, ending.signal).then(
        (found) => ending.signal.aborted || setAlbums(found),
        () => {}, // the name is there without them
      )
    }, stillMs)
    return () => {
      ending.abort()
      clearTimeout(timer)
    }
  }, [remote, key])
  return (
    <span class="row-fan" aria-hidden="true">
      {albums.map((album) => (
        <Cover key={album.id} of={coverOfAlbum(album)} size={40} title={album.title} />
      ))}
    </span>
  )
}

async function sleevesOf(remote: Remote, choice: SongChoice, signal: AbortSignal): Promise<readonly Album[]> {
  const { items } = await remote.albums({ ...choice, offset: 0, count: sleeveCount, signal })
  const known = kept.get(remote) ?? new Map<string, readonly Album[]>()
  if (known.size >= mostKept) known.clear()
  kept.set(remote, known.set(JSON.stringify(choice), items))
  return items
}
