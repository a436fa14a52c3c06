import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { ownDoor } from '../state/door.ts'
import { keepInTab, keptInTab } from '../state/kept.ts'

export type SecondFrame = typeof import('./second-frame.ts')

const loaded = signal<SecondFrame | undefined>(undefined)
const retryMs = 3000

/** Undefined in the first frame. */
export function useSecondFrame(): SecondFrame | undefined {
  useEffect(load, [])
  return loaded.value
}

function load(): void {
  if (loaded.value) return
  import('./second-frame.ts').then((parts) => {
    loaded.value = parts
    keepInTab(reloadedFor, undefined)
  }, missed)
}

const reloadedFor = 'reloaded for parts'

/** A newer page has other files, and is loaded once; a host that went away just then is asked until it is back. */
function missed(): void {
  const again = () => void setTimeout(load, retryMs)
  ownDoor().then(() => {
    if (keptInTab(reloadedFor) === true) return again()
    keepInTab(reloadedFor, true)
    location.reload()
  }, again)
}
