// The keys of the page. Single letters can be turned off, and are off where one types.

import { useEffect } from 'preact/hooks'
import * as actions from '../state/actions.ts'
import type { HostModel } from '../state/host.ts'
import { showsLyrics } from '../state/lyrics.ts'
import { closeOverlay, openOverlay, overlay } from '../state/overlay.ts'
import { go, route } from '../state/route.ts'
import { hasShortcuts, isDeckFolded } from '../state/settings.ts'
import { beginTypingAhead, typeAhead } from '../state/typed-ahead.ts'

const seekMs = 10_000
const volumeStep = 2
/** `G`, then one of these within a moment. */
const places: Readonly<Record<string, string>> = {
  a: 'albums',
  r: 'artists',
  s: 'songs',
  p: 'playlists',
  q: 'queue',
  n: 'now',
  ',': 'settings',
}
const goWithinMs = 1500

const letters: Readonly<Record<string, (host: HostModel) => void>> = {
  '/': openSearch,
  ' ': actions.playPause,
  n: actions.next,
  p: actions.previous,
  ',': (host) => actions.seekBy(host, -seekMs),
  '.': (host) => actions.seekBy(host, seekMs),
  '-': (host) => actions.stepVolume(host, -volumeStep),
  '+': (host) => actions.stepVolume(host, volumeStep),
  '=': (host) => actions.stepVolume(host, volumeStep),
  m: actions.toggleMute,
  s: actions.toggleShuffle,
  r: actions.turnRepeat,
  v: () => openOverlay({ kind: 'speakers', at: undefined }),
  d: () => {
    isDeckFolded.value = !isDeckFolded.value
  },
  y: () => {
    showsLyrics.value = !showsLyrics.value
  },
  f: () => (route.value[0] === 'now' ? history.back() : go('now')),
  '?': () => openOverlay({ kind: 'keys' }),
}

export function useKeys(host: HostModel): void {
  useEffect(() => {
    let goUntilMs = 0
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      const isCommand = event.ctrlKey || event.metaKey
      if (isCommand && event.key.toLowerCase() === 'k') return run(event, openSearch)
      if (isTyping(event.target)) return
      if (!isCommand && !event.altKey && typeAhead(event.key)) return event.preventDefault()
      if (isCommand && event.key.toLowerCase() === 'z' && !event.shiftKey)
        return run(event, () => void actions.undo(host))
      if (event.key === 'Escape' && !overlay.value && route.value[0] === 'now')
        return run(event, () => history.back())
      if (isCommand || event.altKey || !hasShortcuts.value || overlay.value) return
      const place = places[event.key]
      if (performance.now() < goUntilMs && place !== undefined) {
        goUntilMs = 0
        return run(event, () => go(place))
      }
      if (event.key === 'g') {
        goUntilMs = performance.now() + goWithinMs
        return
      }
      if (event.key === ' ' && isPressedBySpace(event.target)) return
      const stars = /^[0-5]$/.test(event.key) ? Number(event.key) : undefined
      const song = host.status.value?.own?.song
      if (stars !== undefined && song)
        return run(
          event,
          () => void actions.rate(host, stars === 0 ? { ...song, ratingPercent: 0 } : song, stars),
        )
      const does = letters[event.key]
      if (does) run(event, () => does(host))
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [host])
  useEffect(() => closeOverlay, [])
}

function openSearch(): void {
  if (route.value[0] !== 'search') beginTypingAhead()
  go('search')
}

function run(event: KeyboardEvent, work: () => void): void {
  event.preventDefault()
  work()
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  const isField = target instanceof HTMLInputElement && !['checkbox', 'radio', 'range'].includes(target.type)
  return (
    isField ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    target.isContentEditable
  )
}

/** Rows count as free. */
function isPressedBySpace(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, [role="radio"], input, summary') !== null
}
