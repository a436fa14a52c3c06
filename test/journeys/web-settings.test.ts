// The owner looks after the house in the page: music folders are added and taken out, what cannot be read is listed, and a
// neighbour that sleeps is woken.

import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { fillShelf } from '../fakes/record-shelf.ts'
import { personAt } from './programs.ts'
import {
  desktop,
  houseWithRecords,
  needsBrowser,
  patienceMs,
  phone,
  records,
  shelf,
  type Visitor,
} from './web-house.ts'
import { takePictures } from './web-pictures.ts'

const box = join(shelf, 'attic box')
const sample = resolve(import.meta.dirname, '../../sample')

test('the owner chooses folders and wakes a neighbour', { timeout: 240_000 }, async (t) => {
  if (!needsBrowser(t)) return
  const house = await houseWithRecords(t, {
    machines: ['studio'],
    async fill(folder) {
      mkdirSync(join(folder, 'attic box'))
      await fillShelf(folder, records.slice(0, 1))
      await fillShelf(join(folder, 'attic box'), records.slice(1, 2))
      writeFileSync(join(folder, 'attic box/records/broken.flac'), 'not music')
    },
  })
  const owner = await house.owner({ expected: /status of 400 .*\/api\/folders\/inside/ })
  const machine = house.network.machine('studio')
  const studio = personAt(t, machine)
  const start = () => studio.start('host', sample, '--name', 'Studio', '--output', 'null', '--json')
  const neighbour = start()
  await t.test('a music folder is added, looked through, taken out and brought back', () => folders(owner))
  await t.test('a host that sleeps is woken', async () => {
    await neighbour.line('"ready"', patienceMs)
    const main = owner.page.getByRole('main')
    await owner.goes('settings/hosts')
    const line = main.getByRole('listitem').filter({ hasText: 'Studio' })
    await line.getByText('Here now').waitFor()
    const card = machine.spawn('tcpdump', ['-Z', 'root', '-l', '-n', '-i', 'eth0', 'udp port 9'])
    await card.errorLine('listening on')

    await neighbour.stop()
    await line.getByText(/^It may be asleep/).waitFor()
    await takePictures(owner.page, 'hosts')
    await line.getByRole('button', { name: 'Wake it' }).click()
    await card.line(`${house.network.machine('attic').ipv4}`, patienceMs)
    await owner.page.getByText('Studio is being woken').first().waitFor()
    start()
    await line.getByText('Here now').waitFor()
  })
  owner.isContent()
})

async function folders({ page, ...owner }: Visitor): Promise<void> {
  const main = page.getByRole('main')
  await owner.goes('settings/folders')
  await main.getByText(join(shelf, 'records'), { exact: true }).waitFor()
  assert.equal(await main.getByRole('button', { name: /^Remove/ }).count(), 0)

  // A path that is none, still there on a screen that was turned; then step by step.
  await main.getByRole('button', { name: 'Add a folder' }).click()
  const path = main.getByRole('textbox', { name: 'Path on Attic' })
  await path.fill('/no/such/folder')
  await page.setViewportSize(phone.viewport)
  await main.getByRole('heading', { name: 'Music folders' }).waitFor()
  assert.equal(await path.inputValue(), '/no/such/folder')
  await page.setViewportSize(desktop.viewport)
  await path.press('Enter')
  await main.getByRole('alert').getByText('Attic has no such folder').waitFor()
  await path.fill(shelf)
  await path.press('Enter')
  await main.getByRole('button', { name: 'attic box' }).click()
  await main.getByRole('button', { name: 'records', exact: true }).waitFor()
  await main.getByRole('button', { name: 'Use this folder' }).click()

  await main.getByText(box, { exact: true }).waitFor()
  await main.getByText('1 file could not be read').click()
  await main.getByText(join(box, 'records/broken.flac')).waitFor()
  await takePictures(page, 'folders')
  await owner.goes('albums')
  await page.getByRole('link', { name: /^Night Bus/ }).waitFor()

  await owner.goes('settings/folders')
  await main.getByRole('button', { name: /^Remove .*attic box$/ }).click()
  await main.getByText(box, { exact: true }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Undo' }).click()
  await main.getByText(box, { exact: true }).waitFor()
  await owner.goes('albums')
  await page.getByRole('link', { name: /^Night Bus/ }).waitFor()
}
