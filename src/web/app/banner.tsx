// The connection is lost: said calmly, after a moment, with what happens next.

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { t } from '../messages/index.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { scroller } from '../parts/scroller.ts'
import { say } from '../state/toast.ts'
import { useHost } from './context.tsx'

/** Most are over by then. */
const quietMs = 1500

export function Banner() {
  const host = useHost()
  const link = host.link.value
  const [nowMs, setNowMs] = useState(performance.now())
  const root = useRef<HTMLDivElement>(null)
  const isLost = link.state === 'lost'
  const isShown = isLost && nowMs - link.sinceMs >= quietMs

  useEffect(() => {
    addEventListener('offline', host.networkGone)
    return () => removeEventListener('offline', host.networkGone)
  }, [host])
  useEffect(() => {
    if (!isLost) return
    const timer = setInterval(() => setNowMs(performance.now()), 500)
    const tryNow = () => document.visibilityState === 'visible' && host.tryNow()
    addEventListener('online', tryNow)
    document.addEventListener('visibilitychange', tryNow)
    return () => {
      clearInterval(timer)
      removeEventListener('online', tryNow)
      document.removeEventListener('visibilitychange', tryNow)
    }
  }, [isLost, host])
  useEffect(() => {
    if (isShown) say(t('link.lost', { host: host.name }))
  }, [isShown])
  // What one was reading stays where it was.
  useLayoutEffect(() => {
    const height = root.current?.offsetHeight ?? 0
    const frame = scroller()
    if (isShown && frame && frame.scrollTop > 0) frame.scrollTop += height
  }, [isShown])

  if (!isShown || !isLost) return null
  const seconds = Math.ceil((link.retryAtMs - nowMs) / 1000)
  return (
    <div class="banner" ref={root}>
      <Icon name="offline" />
      <div>
        <strong>{t('link.lost', { host: host.name })}</strong>
        <span>{seconds > 0 ? t('link.asleep', { count: seconds }) : t('link.trying')}</span>
      </div>
      <Button kind="warn" onClick={host.tryNow}>
        {t('link.tryNow')}
      </Button>
    </div>
  )
}
