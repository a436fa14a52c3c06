// The page: outside, or inside with a host.

import { useEffect, useState } from 'preact/hooks'
import { type Stage, stage } from '../state/app.ts'
import { InsideContext } from './context.tsx'
import { Inside } from './inside.tsx'
import { LiveRegion, ToastPlace } from './toast-place.tsx'

export function App() {
  const now = stage.value
  return (
    <>
      {now.at === 'inside' && (
        <InsideContext.Provider value={now}>
          <Inside door={now.door} />
        </InsideContext.Provider>
      )}
      {(now.at === 'digits' || now.at === 'cannot') && <Outside now={now} />}
      <ToastPlace />
      <LiveRegion />
    </>
  )
}

type OutsideStage = Extract<Stage, { at: 'digits' | 'cannot' }>

/** Most people are in already: what they no longer need is not loaded. */
function Outside({ now }: { now: OutsideStage }) {
  const [views, setViews] = useState<typeof import('../views/outside.tsx')>()
  useEffect(() => {
    void import('../views/outside.tsx').then(setViews)
  }, [])
  if (!views) return null
  return now.at === 'digits' ? (
    <views.FirstMinute digits={now.digits} door={now.door} requestId={now.requestId} />
  ) : (
    <views.Cannot why={now.why} onAgain={now.again} />
  )
}
