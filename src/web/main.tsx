// The page begins here.

import { render } from 'preact'
import { App } from './app/app.tsx'
import { enter } from './state/app.ts'
import { applySettings } from './state/settings.ts'

applySettings()
const root = document.getElementById('app')
if (root) render(<App />, root)
void enter()
// Only where the browser allows it: over https, and on the machine itself.
if ('serviceWorker' in navigator && isSecureContext)
  void navigator.serviceWorker.register('/service-worker.js')
