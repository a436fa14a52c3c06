import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

type SecondFrame = typeof import('./second-frame.ts')

const loaded = signal<SecondFrame | undefined>(undefined)
const retryMs = 3000

/** Undefined in the first frame. A host that goes away just then is asked until it is back. */
export function useSecondFrame(): SecondFrame | undefined {
  useEffect(load, [])
  return loaded.value
}

function load(): void {
  if (loaded.value) return
  import('./second-frame.ts').then(
    (parts) => {
      loaded.value = parts
    },
    () => setTimeout(load, retryMs),
  )
}
