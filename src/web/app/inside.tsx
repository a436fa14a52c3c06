// Inside: navigation, the page, what plays. Which of them stand where is the screen's to say.

import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../messages/index.ts'
import { setScroller } from '../parts/scroller.ts'
import { isDesk, isPhone } from '../parts/use-media.ts'
import type { Door } from '../state/door.ts'
import { place, rememberScroll, scrollOf } from '../state/route.ts'
import { isDeckFolded } from '../state/settings.ts'
import { Revoked } from '../views/revoked.tsx'
import { Banner } from './banner.tsx'
import { useHost } from './context.tsx'
import { useKeys } from './keys.ts'
import { doTheRestLater } from './later.ts'
import { Overlays } from './overlays.tsx'
import { Sidebar } from './sidebar.tsx'
import { Tabs } from './tabs.tsx'
import { type SecondFrame, useSecondFrame } from './use-second-frame.ts'
import { isOverEverything, View } from './views.tsx'

export function Inside({ door }: { door: Door }) {
  const host = useHost()
  useKeys(host)
  const second = useSecondFrame()
  useEffect(doTheRestLater, [])
  if (host.link.value.state === 'revoked') return <Revoked door={door} />
  return (
    <>
      {isOverEverything(place.value.route) ? (
        <>
          <main class="over">
            <View />
          </main>
          <Overlays />
        </>
      ) : (
        <Shell second={second} />
      )}
      {second && <second.NowPlayingTold />}
    </>
  )
}

function Shell({ second }: { second: SecondFrame | undefined }) {
  const hasSideDeck = isDesk.value && !isDeckFolded.value
  return (
    <div class={`shell ${hasSideDeck ? 'with-deck' : ''}`}>
      <a class="skip" href="#main" onClick={skipTo('main')}>
        {t('nav.skipToList')}
      </a>
      <a class="skip" href="#player" onClick={skipTo('player')}>
        {t('nav.skipToPlayer')}
      </a>
      {isDesk.value ? <Sidebar /> : !isPhone.value && <Tabs />}
      <Column />
      {isPhone.value ? (
        <div class="foot">
          {second && <second.MiniPlayer />}
          <Tabs />
        </div>
      ) : (
        <WhatPlays second={second} isBeside={hasSideDeck} />
      )}
      {second && <second.SelectionBar />}
      <Overlays />
    </div>
  )
}

/** Its place is kept until it is here. */
function WhatPlays({ second, isBeside }: { second: SecondFrame | undefined; isBeside: boolean }) {
  if (!second) return <div class={isBeside ? 'deck' : 'bottom-deck'} />
  return isBeside ? <second.Deck /> : <second.BottomDeck />
}

/** Not by the fragment: that is where one is. */
function skipTo(id: string) {
  return (event: MouseEvent) => {
    event.preventDefault()
    const target = document.getElementById(id)
    const first = target?.querySelector<HTMLElement>('[tabindex="0"], button, a[href]') ?? target
    first?.focus()
  }
}

/** What scrolls. Back puts it where it was, to the pixel, as soon as the list is as long as it was. */
function Column() {
  const root = useRef<HTMLElement>(null)
  const { key, isReturn } = place.value
  useLayoutEffect(() => {
    setScroller(root.current)
    return () => setScroller(null)
  }, [])
  // Before the next frame: its scroll event, of a page that has become shorter, is not of the one that was left.
  useLayoutEffect(() => {
    const element = root.current
    if (!element) return
    const wanted = isReturn ? scrollOf(key) : 0
    element.scrollTop = wanted
    let isSettled = wanted === 0
    const settle = new MutationObserver(() => {
      element.scrollTop = wanted
      if (element.scrollTop >= wanted - 1) onHand()
    })
    const onHand = () => {
      isSettled = true
      settle.disconnect() // it would see each row that goes by
    }
    const everything = { childList: true, subtree: true, attributes: true, attributeFilter: ['style'] }
    if (!isSettled) settle.observe(element, everything)
    const onScroll = () => isSettled && rememberScroll(key, element.scrollTop)
    for (const kind of ['wheel', 'touchstart', 'keydown'] as const)
      element.addEventListener(kind, onHand, { passive: true })
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      settle.disconnect()
      for (const kind of ['wheel', 'touchstart', 'keydown'] as const)
        element.removeEventListener(kind, onHand)
      element.removeEventListener('scroll', onScroll)
    }
  }, [key])
  return (
    <main id="main" ref={root} tabIndex={-1}>
      <Banner />
      <View />
    </main>
  )
}
