// The host goes away while the page is open, and comes back: said calmly, nothing typed is lost, nothing is loaded anew.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { houseWithRecords, needsBrowser } from './web-house.ts'
import { takePictures } from './web-pictures.ts'

test('a host that ends and starts again is missed, waited for and found', { timeout: 240_000 }, async (t) => {
  if (!needsBrowser(t)) return
  const house = await houseWithRecords(t)
  const { page, ...owner } = await house.owner({ expected: /ERR_|WebSocket|status of 503/ })
  await page.getByRole('link', { name: /^Tidewrack/ }).click()
  await page.getByRole('row', { name: /^Kelp/ }).click()
  await page.getByRole('complementary').getByRole('button', { name: 'Pause' }).waitFor()
  await owner.goes('search')
  const field = page.getByRole('combobox', { name: 'Search everything' })
  await field.fill('sta')
  await page.getByRole('row', { name: /^Stairwell/ }).waitFor()
  await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }))

  await house.host.stop()
  const banner = page.getByText('Attic does not answer').first()
  await banner.waitFor()
  await page.getByRole('button', { name: 'Next song', disabled: true }).waitFor()
  await field.pressSequentially('irw')

  await house.startsAgain()
  await banner.waitFor({ state: 'detached' })
  await page.waitForFunction(() => 'isSamePage' in globalThis)
  await field.and(page.locator('[value="stairw"], :focus')).waitFor()
  await field.press('Enter')
  await page.getByRole('complementary').getByRole('link', { name: 'Stairwell' }).waitFor()

  // The network of the browser alone, this time; what is done meanwhile is there when it is back.
  house.network.machine('sofa').linkDown()
  await banner.waitFor()
  await takePictures(page, 'offline')
  await field.fill('dep')
  await house.attic.run('play', 'Barley')
  house.network.machine('sofa').linkUp()
  await banner.waitFor({ state: 'detached' })
  await page.getByRole('complementary').getByRole('link', { name: 'Barley' }).waitFor()
  await page.getByRole('row', { name: /^Depot/ }).waitFor()
  assert.equal(await field.inputValue(), 'dep')
  await page.getByRole('complementary').getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('complementary').getByRole('button', { name: 'Play', exact: true }).waitFor()
  owner.isContent()
})
