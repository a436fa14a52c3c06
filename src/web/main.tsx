// The page begins here.

import { render } from 'preact'
import { App } from './app/app.tsx'
import { enter } from './state/app.ts'
import { applySettings } from './state/settings.ts'

applySettings()
void enter()
const root = document.getElementById('app')
if (root) render(<App />, root)
