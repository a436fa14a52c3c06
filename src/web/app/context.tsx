// The host that is shown, for everything below: a page may come to have several.

import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Inside } from '../state/app.ts'
import type { Covers } from '../state/covers.ts'
import type { HostModel } from '../state/host.ts'

export const InsideContext = createContext<Inside | undefined>(undefined)

function useInside(): Inside {
  const inside = useContext(InsideContext)
  if (!inside) throw new Error('used outside of a host')
  return inside
}

export const useHost = (): HostModel => useInside().host
export const useCovers = (): Covers => useInside().covers
