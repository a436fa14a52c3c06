// What lies over the page. Each is loaded soon after the first list is there.

import type { FunctionComponent } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { type Overlay, overlay } from '../state/overlay.ts'

type Kind = Overlay['kind']
type Of<Name extends Kind> = Extract<Overlay, { kind: Name }>
type Parts = { readonly [Name in Kind]: FunctionComponent<{ now: Of<Name> }> }

async function loadParts(): Promise<Parts> {
  const [menu, speakers, add, save, about, keys] = await Promise.all([
    import('../parts/item-menu.tsx'),
    import('../views/speakers.tsx'),
    import('../views/add-to-playlist.tsx'),
    import('../views/save-queue.tsx'),
    import('../views/about-song.tsx'),
    import('../views/keys-map.tsx'),
  ])
  return {
    menu: ({ now }) => <menu.ItemMenu target={now.target} at={now.at} />,
    speakers: ({ now }) => <speakers.Speakers at={now.at} />,
    'add-to-playlist': ({ now }) => <add.AddToPlaylist songs={now.songs} name={now.name} />,
    'save-queue': () => <save.SaveQueue />,
    'about-song': ({ now }) => <about.AboutSong song={now.song} />,
    keys: () => <keys.KeysMap />,
  }
}

export function Overlays() {
  const [parts, setParts] = useState<Parts>()
  const now = overlay.value
  useEffect(() => {
    // Not before the first list: it is what one came for.
    const timer = setTimeout(() => void loadParts().then((loaded) => setParts(loaded)), now ? 0 : soonMs)
    return () => clearTimeout(timer)
  }, [now !== undefined && !parts])
  if (!now || !parts) return null
  const Part = parts[now.kind] as FunctionComponent<{ now: Overlay }>
  return <Part key={now.kind} now={now} />
}

const soonMs = 600
