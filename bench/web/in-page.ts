// What runs in the page to take the time there. Each is sent as its text, so none may use anything outside of itself.

/**
 * Says in the console when the first album is on the screen, ms after the page was asked for: whoever asks the page
 * meanwhile puts work of his own before its.
 */
export function tellFirstList(): void {
  const look = () => {
    if (!document.querySelector('.card:not(.skeleton) a')) return
    watch.disconnect()
    requestAnimationFrame(() => console.debug('first list', performance.now()))
  }
  const watch = new MutationObserver(look)
  watch.observe(document, { childList: true, subtree: true })
}

/** What is shown, without what has made it: the same nodes with the same rules, no script and no pictures. */
export function asPlainPage(): string {
  const rules = [...document.styleSheets].flatMap(({ cssRules }) => Array.from(cssRules))
  const page = document.documentElement.cloneNode(true) as HTMLElement
  for (const other of page.querySelectorAll('head, script, img')) other.remove()
  const style = document.createElement('style')
  style.textContent = rules.map(({ cssText }) => cssText).join('\n')
  page.prepend(style)
  return `<!doctype html>${page.outerHTML}`
}

/** Waits for the next such event, and then for the next frame after something has changed within; `taken` has the ms. */
export function waitForShown({ event, within }: { event: string; within: string }): void {
  const shown = new Promise<number | undefined>((resolve) => {
    setTimeout(() => resolve(undefined), 5000)
    addEventListener(
      event,
      ({ timeStamp }) => {
        const watch = new MutationObserver((changes) => {
          const isThere = changes.some(({ target, addedNodes }) => {
            const element = target instanceof Element ? target : target.parentElement
            const isNew = (node: Node) =>
              node instanceof Element && (node.matches(within) || node.querySelector(within) !== null)
            return [...addedNodes].some(isNew) || Boolean(element?.closest(within))
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
  Object.assign(globalThis, { taken: shown })
}

/** Waits for the next such event; `tapped` has when it came, ms on a clock that pages share. */
export function waitForTap(event: string): void {
  const tapped = new Promise<number>((resolve) => {
    addEventListener(event, () => resolve(performance.timeOrigin + performance.now()), {
      once: true,
      capture: true,
    })
  })
  Object.assign(globalThis, { tapped })
}

/** Waits for the next change of a place in the page; `changed` has when it came, on the same clock. */
export function waitForChange(place: string): void {
  const changed = new Promise<number>((resolve) => {
    const watch = new MutationObserver(() => {
      watch.disconnect()
      resolve(performance.timeOrigin + performance.now())
    })
    const element = document.querySelector(place)
    const everything = { subtree: true, childList: true, attributes: true, characterData: true }
    if (element) watch.observe(element, everything)
  })
  Object.assign(globalThis, { changed })
}

/** What one of them has come to. */
export function outcome(name: string): Promise<number | undefined> {
  return Object(globalThis)[name] as Promise<number | undefined>
}

/** Scrolls as a plain page would: rows of a line of text each, forty of them, moved and filled anew as they go by. */
export function plainRows({ rowPx, count }: { rowPx: number; count: number }): void {
  const main = document.body.appendChild(document.createElement('main'))
  const list = main.appendChild(document.createElement('div'))
  main.setAttribute('style', 'position: fixed; inset: 0; overflow: auto; will-change: scroll-position')
  list.setAttribute('style', `position: relative; height: ${rowPx * count}px`)
  const rows = Array.from({ length: 40 }, () => list.appendChild(document.createElement('p')))
  for (const row of rows)
    row.setAttribute('style', `position: absolute; margin: 0; height: ${rowPx}px; contain: layout style`)
  const shown = rows.map(() => -1)
  const draw = () => {
    const from = Math.max(0, Math.floor(main.scrollTop / rowPx) - 10)
    for (let index = from; index < from + rows.length; index += 1) {
      const row = rows[index % rows.length]
      if (!row || shown[index % rows.length] === index) continue
      shown[index % rows.length] = index
      row.style.transform = `translateY(${index * rowPx}px)`
      row.textContent = `The song of this row has number ${index}`
    }
  }
  let waiting = 0
  const soon = () => {
    waiting ||= requestAnimationFrame(() => {
      waiting = 0
      draw()
    })
  }
  main.addEventListener('scroll', soon, { passive: true })
  draw()
}

/** From now on, how often and how late rows are brought: the longest time between two frames of script, ms. */
export function watchFrames(): void {
  const frames = { worstMs: 0, lastMs: performance.now() }
  const turn = (nowMs: number) => {
    frames.worstMs = Math.max(frames.worstMs, nowMs - frames.lastMs)
    frames.lastMs = nowMs
    if (Object(globalThis)['frames'] === frames) requestAnimationFrame(turn)
  }
  Object.assign(globalThis, { frames })
  requestAnimationFrame(turn)
}

export function worstFrameMs(): number {
  return (Object(globalThis)['frames'] as { worstMs: number }).worstMs
}
