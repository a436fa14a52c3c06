// What runs in the page to take the time there. Each is sent as its text, so none may use anything outside of itself.

/** Notes when the first album is on the screen, ms after the page was asked for. */
export function tellFirstList(): void {
  const look = () => {
    if (!document.querySelector('.card:not(.skeleton) a')) return
    watch.disconnect()
    requestAnimationFrame(() => Object.assign(globalThis, { firstListMs: performance.now() }))
  }
  const watch = new MutationObserver(look)
  watch.observe(document, { childList: true, subtree: true })
}

/** From the next such event to the next frame after something has changed within; ms. Undefined when nothing does. */
export function shownSince({
  event,
  within,
}: {
  event: string
  within: string
}): Promise<number | undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), 5000)
    addEventListener(
      event,
      ({ timeStamp }) => {
        const watch = new MutationObserver((changes) => {
          const isThere = changes.some(({ target, addedNodes }) => {
            const element = target instanceof Element ? target : target.parentElement
            const added = [...addedNodes].some((node) => node instanceof Element && node.matches(within))
            return added || Boolean(element?.closest(within))
          })
          if (!isThere) return
          watch.disconnect()
          requestAnimationFrame(() => resolve(performance.now() - timeStamp))
        })
        const everything = { subtree: true, childList: true, attributes: true, characterData: true }
        watch.observe(document.body, everything)
      },
      { once: true, capture: true },
    )
  })
}

/** When the next such event comes, or, for a place in the page, when it next changes; ms on a clock that pages share. */
export function wallMs(what: string): Promise<number> {
  const now = () => performance.timeOrigin + performance.now()
  return new Promise((resolve) => {
    const place = what.startsWith('.') ? document.querySelector(what) : undefined
    if (!place) return addEventListener(what, () => resolve(now()), { once: true, capture: true })
    const watch = new MutationObserver(() => {
      watch.disconnect()
      resolve(now())
    })
    watch.observe(place, { subtree: true, childList: true, attributes: true, characterData: true })
  })
}
