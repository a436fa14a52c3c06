import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KnownError } from '../../errors.ts'
import { mergeSettings, settingsFromEnvironment, settingsFromToml } from './host-settings.ts'

test('flags win over the environment, the environment over the file', async () => {
  const file = await settingsFromToml('name = "Attic"\nport = 4000\nlisten = ["127.0.0.1"]', 'config.toml')
  const environment = await settingsFromEnvironment({ TONEARM_PORT: '4001', TONEARM_SHARE: 'yes' })

  const settings = mergeSettings({ name: 'Studio' }, environment, file)

  assert.deepEqual(settings, { name: 'Studio', port: 4001, share: true, listen: ['127.0.0.1'] })
})

const refused: [what: string, toml: string, setting: string][] = [
  ['a port that is no port', 'port = 70000', 'port'],
  ['a misspelt name', 'prot = 3689', 'prot'],
  ['a text for a switch', 'share = "perhaps"', 'share'],
]
for (const [what, toml, setting] of refused) {
  test(`${what} is refused by name`, async () => {
    await assert.rejects(
      () => settingsFromToml(toml, 'config.toml'),
      (error) =>
        error instanceof KnownError && error.code === 'BAD_SETTING' && error.details['setting'] === setting,
    )
  })
}

test('a file that is no TOML is refused with the place', async () => {
  await assert.rejects(settingsFromToml('port = 4000\nname = ', 'config.toml'), (error) => {
    assert.ok(error instanceof KnownError && error.code === 'BAD_SETTING')
    assert.deepEqual([error.details['where'], error.details['line']], ['config.toml', 2])
    return true
  })
})

test('an environment value that is no number is refused', async () => {
  await assert.rejects(settingsFromEnvironment({ TONEARM_PORT: 'many' }), KnownError)
})
