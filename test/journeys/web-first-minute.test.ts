// The first minute in the browser: the owner by one click, a phone's browser by four digits, a remote by its PIN; and one
// that is revoked while it is open.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { encode } from 'uqr'
import { eventually } from '../lab/eventually.ts'
import { personAt } from './programs.ts'
import { houseWithRecords, needsBrowser, patienceMs, phone } from './web-house.ts'
import { takePictures } from './web-pictures.ts'

test('the owner comes by a link, others by digits that the owner types, and a revoked one is told at once', {
  timeout: 240_000,
}, async (t) => {
  if (!needsBrowser(t)) return
  const house = await houseWithRecords(t, { machines: ['kitchen'] })

  // Refused once: digits that are wrong.
  const owner = await house.owner({ expected: /status of 403 .*\/accept/ })
  assert.ok(!owner.page.url().includes('owner='), 'the code is taken out of the address')
  await owner.page.reload()
  await owner.page.getByRole('link', { name: /^Tidewrack/ }).waitFor()

  const guest = await house.visitor({ ...phone, expected: /status of 503|status of 403 .*\/logout/ })
  await guest.goes('')
  const shown = guest.page.getByRole('img', { name: /^\d \d \d \d$/ })
  const digits = (await shown.getAttribute('aria-label'))?.replaceAll(' ', '') ?? ''
  await guest.page.reload()
  await guest.page.getByRole('img', { name: digits.split('').join(' ') }).waitFor()

  // The code beside them says who asks and with what: an owner who looks at it need only agree.
  const [request] = await house.attic.json<{ id: string }[]>('accept')
  const link = `${house.address}/#accept=${request?.id}.${digits}`
  assert.deepEqual(await darkDots(guest.page), dotsOf(link))
  await owner.page.goto(link)
  await owner.page.waitForFunction(
    (typed) => document.querySelector<HTMLInputElement>('.pin-card input')?.value === typed,
    digits,
  )

  await owner.goes('settings/remotes')
  const browserCard = owner.page.getByRole('textbox', { name: /^Digits that .* shows$/ })
  await browserCard.fill(digits === '0000' ? '1111' : '0000')
  await browserCard.press('Enter')
  await owner.page.getByRole('alert').getByText('Those are not the digits').waitFor()
  await browserCard.fill(digits)
  await owner.page.getByRole('button', { name: 'Pair', exact: true }).click()
  await guest.page.getByRole('heading', { name: 'Albums' }).waitFor()
  await guest.page.reload()
  await guest.page.getByRole('link', { name: /^Night Bus/ }).waitFor()

  const kitchen = personAt(t, house.network.machine('kitchen'))
  const pairing = kitchen.start('pair', '--name', 'Kitchen radio', '--json')
  const { pin } = JSON.parse(await pairing.line('"waiting"', patienceMs)) as { pin: string }
  await owner.page.getByRole('textbox', { name: 'Digits that Kitchen radio shows' }).fill(pin)
  await owner.page.keyboard.press('Enter')
  await pairing.line('"paired"', patienceMs)
  assert.equal((await pairing.exit).code, 0)
  const albums = await kitchen.json<{ title: string }[]>('albums')
  assert.ok(albums.some(({ title }) => title === 'Tidewrack'))

  const paired = owner.page.getByRole('listitem').filter({ hasText: 'Here now' })
  await paired.getByRole('button', { name: 'Revoke' }).click()
  await guest.page.getByRole('heading', { name: 'This remote is no longer paired with Attic.' }).waitFor()
  await guest.page.getByRole('button', { name: 'Ask again' }).click()
  await shown.waitFor()
  await eventually('the guest among those who ask', () =>
    owner.page.getByRole('textbox', { name: /^Digits that .* shows$/ }).isVisible(),
  )
  await takePictures(owner.page, 'remotes')
  owner.isContent()
  guest.isContent()
})

/** Of the code that the page shows, row by row. */
async function darkDots(page: Page): Promise<string[]> {
  const path = page.getByRole('img', { name: 'Or let the owner’s phone look here.' }).locator('path')
  return Array.from((await path.getAttribute('d'))?.matchAll(/M(\d+ \d+)/g) ?? [], ([, place = '']) => place)
}

/** The same of the code that says a text. */
function dotsOf(text: string): string[] {
  return encode(text, { border: 2 }).data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`${x} ${y}`] : [])),
  )
}
