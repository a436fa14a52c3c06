// A surface in the colours of a cover. The same names of colours are set anew on its root, so nothing inside needs a
// second version.

import { useSignalEffect } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useCovers } from '../app/context.tsx'
import type { CoverKey, Tints } from '../state/covers.ts'
import { scheme } from '../state/settings.ts'

interface TintedProps {
  of: CoverKey | undefined
  as?: 'div' | 'aside' | 'header' | 'section'
  class?: string
  label?: string
  id?: string
  children: ComponentChildren
}

export function Tinted({ of, as: Tag = 'div', class: extra = '', label, id, children }: TintedProps) {
  const root = useRef<HTMLElement>(null)
  const tints = useTints(of)
  useSignalEffect(() => apply(root.current, tints, scheme.value))
  useEffect(() => apply(root.current, tints, scheme.value), [tints])
  return (
    <Tag ref={root as never} class={`${tints ? 'tinted' : ''} ${extra}`} aria-label={label} id={id}>
      {children}
    </Tag>
  )
}

/** The last ones stay until those of the next cover are known. */
function useTints(of: CoverKey | undefined): Tints | undefined {
  const covers = useCovers()
  const [tints, setTints] = useState<Tints>()
  useEffect(() => {
    if (!of) return
    let isWanted = true
    covers.tints(of).then(
      (found) => isWanted && setTints(found),
      () => {}, // no colours are no harm
    )
    return () => {
      isWanted = false
    }
  }, [of?.id, covers])
  return of ? tints : undefined
}

function apply(root: HTMLElement | null, tints: Tints | undefined, now: 'light' | 'dark'): void {
  if (!root || !tints) return
  for (const [name, value] of Object.entries(tints[now])) root.style.setProperty(`--${name}`, value)
}
