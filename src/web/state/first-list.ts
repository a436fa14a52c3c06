// What one comes for is asked for before anything else, so that the page is drawn once, with it.

import { effect } from '@preact/signals'
import { keptAlbumOrder } from './album-order.ts'
import type { Lists } from './lists.ts'
import { place } from './route.ts'

/** Whoever waits longer sees the page without it. */
const patienceMs = 150

/** Resolves when the first albums are here, or will not be soon; at once where something else is to be shown. */
export async function firstList(lists: Lists): Promise<void> {
  if (place.value.route[0] !== 'albums') return
  const list = lists.albums(keptAlbumOrder())
  list.want(0, 1)
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, patienceMs)
  const stop = effect(() => {
    if (list.total.value !== undefined || list.failure.value !== undefined) resolve()
  })
  await promise
  clearTimeout(timer)
  stop()
}
