// Each picture of the page: its size and scheme, where in the page it is, and what was done before.

import type { Page } from 'playwright-core'

export interface Picture {
  readonly name: string
  readonly size: 'phone' | 'desktop'
  readonly scheme: 'light' | 'dark'
  /** Of the page; 'album' is what plays, 'outside' is before one is paired. */
  readonly place: string
  readonly before?: (page: Page) => Promise<void>
}

const search = async (page: Page) => {
  await page.getByRole('combobox').fill('ma')
  await page.getByRole('main').getByRole('row').first().waitFor()
}
export const pictures: readonly Picture[] = [
  { name: 'now-playing-phone-light', size: 'phone', scheme: 'light', place: 'now' },
  { name: 'now-playing-phone-dark', size: 'phone', scheme: 'dark', place: 'now' },
  { name: 'albums-desktop-light', size: 'desktop', scheme: 'light', place: 'albums' },
  { name: 'albums-desktop-dark', size: 'desktop', scheme: 'dark', place: 'albums' },
  { name: 'albums-phone-light', size: 'phone', scheme: 'light', place: 'albums' },
  { name: 'albums-phone-dark', size: 'phone', scheme: 'dark', place: 'albums' },
  { name: 'album-desktop-light', size: 'desktop', scheme: 'light', place: 'album' },
  { name: 'album-phone-dark', size: 'phone', scheme: 'dark', place: 'album' },
  { name: 'search-desktop-dark', size: 'desktop', scheme: 'dark', place: 'search', before: search },
  { name: 'search-phone-light', size: 'phone', scheme: 'light', place: 'search', before: search },
  { name: 'queue-phone-dark', size: 'phone', scheme: 'dark', place: 'queue' },
  { name: 'queue-desktop-light', size: 'desktop', scheme: 'light', place: 'queue' },
  { name: 'full-screen-desktop-dark', size: 'desktop', scheme: 'dark', place: 'now' },
  { name: 'first-minute-phone-light', size: 'phone', scheme: 'light', place: 'outside' },
]
