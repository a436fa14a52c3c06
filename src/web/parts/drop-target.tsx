// A playlist in the sidebar takes what is dropped on it.

import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Playlist } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { dragged } from '../state/dragged.ts'
import { addToPlaylist } from '../state/playlist-actions.ts'

export function DropTarget({ playlist, children }: { playlist: Playlist; children: ComponentChildren }) {
  const host = useHost()
  const [isOver, setOver] = useState(false)
  const isOpen = playlist.isEditable && !playlist.isSmart
  return (
    <li
      class={isOver ? 'drop-target over' : 'drop-target'}
      onDragOver={(event) => {
        if (!isOpen || !dragged.value) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const { value } = dragged
        if (value && isOpen) void addToPlaylist(host, playlist, value.songs, value.name)
      }}
    >
      {children}
    </li>
  )
}
