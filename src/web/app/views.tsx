// Which view belongs to which address. The rarer ones are loaded when they are opened.

import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { place, type Route } from '../state/route.ts'
import { Albums } from '../views/albums.tsx'
import { NotFound } from '../views/not-found.tsx'

type ViewComponent = ComponentType<{ id: string; part?: string | undefined }>
type Loaded = () => Promise<ViewComponent>

const atOnce: Readonly<Record<string, ViewComponent>> = { albums: Albums }
/** Each with what it needs; read when the first list is there, so that they open at once. */
const loaded: Readonly<Record<string, Loaded>> = {
  album: async () => (await import('../views/album.tsx')).AlbumView,
  artists: async () => (await import('../views/artists.tsx')).Artists,
  artist: async () => (await import('../views/artist.tsx')).ArtistView,
  songs: async () => (await import('../views/songs.tsx')).Songs,
  genres: async () => (await import('../views/names.tsx')).Genres,
  genre: async () => (await import('../views/choice.tsx')).GenreView,
  composers: async () => (await import('../views/names.tsx')).Composers,
  composer: async () => (await import('../views/choice.tsx')).ComposerView,
  recent: async () => (await import('../views/recent.tsx')).Recent,
  'most-played': async () => (await import('../views/most-played.tsx')).MostPlayed,
  queue: async () => (await import('../views/queue.tsx')).QueueView,
  history: async () => (await import('../views/history.tsx')).HistoryView,
  now: async () => (await import('../views/now.tsx')).Now,
  search: async () => (await import('../views/search.tsx')).Search,
  playlists: async () => (await import('../views/playlists.tsx')).Playlists,
  rules: async () => (await import('../views/rules.tsx')).RulesView,
  settings: async () => (await import('../views/settings.tsx')).Settings,
  playlist: async () => (await import('../views/playlist.tsx')).PlaylistView,
}

const known = new Map<string, ViewComponent>()

/** So that nothing has to be waited for later. */
export function loadViews(): void {
  for (const [name, load] of Object.entries(loaded))
    load().then(
      (view) => known.set(name, view),
      () => {}, // it is asked for again when it is opened
    )
}

/** Without navigation and deck beside it. */
export function isOverEverything(route: Route): boolean {
  return route[0] === 'now'
}

export function View() {
  const [name = 'albums', id = '', part] = place.value.route
  const Ready = (Object.hasOwn(atOnce, name) ? atOnce[name] : undefined) ?? known.get(name)
  if (Ready) return <Ready key={`${name} ${id}`} id={id} part={part} />
  const load = Object.hasOwn(loaded, name) ? loaded[name] : undefined
  return load ? <Later key={`${name} ${id}`} load={load} id={id} part={part} /> : <NotFound />
}

function Later({ load, id, part }: { load: Loaded; id: string; part: string | undefined }) {
  const [Component, setComponent] = useState<{ view: ViewComponent }>()
  useEffect(() => {
    load().then(
      (view) => setComponent({ view }),
      () => location.reload(), // a newer page has other files
    )
  }, [load])
  return Component ? <Component.view id={id} part={part} /> : null
}
