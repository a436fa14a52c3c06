// What nobody waits for: done when what one came for is on the screen.

import { keepPlace } from '../state/route.ts'
import { loadViews } from './views.tsx'

const afterMs = 500

/** Returns what calls it off. */
export function doTheRestLater(): () => void {
  const timer = setTimeout(() => {
    keepPlace()
    loadViews()
    keepShell()
  }, afterMs)
  return () => clearTimeout(timer)
}

/** Only where the browser allows it: over https, and on the machine itself. */
function keepShell(): void {
  if ('serviceWorker' in navigator && isSecureContext)
    void navigator.serviceWorker.register('/service-worker.js')
}
