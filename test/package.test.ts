// The package to publish, packed by npm and installed somewhere else: does it start, play, open its doors?

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { startProcess } from './lab/process.ts'

const root = resolve(import.meta.dirname, '..')
let folder: string
let installed: string
let program: string

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'tonearm-package-'))
  const built = join(folder, 'built')
  run(process.execPath, [join(root, 'scripts/build.ts'), '--out', built])
  run('npm', ['pack', '--silent', '--pack-destination', folder], built)
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'))
  assert.ok(archive)
  installed = install(join(folder, archive), join(folder, 'somewhere', 'node_modules'))
  program = join(installed, 'bin', 'tonearm.cjs')
})
after(() => rmSync(folder, { recursive: true, force: true }))

test('it says its version and its commands', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

  assert.equal(run(process.execPath, [program, '--version']).trim(), version)
  assert.match(run(process.execPath, [program, '--help']), /^Usage: tonearm .*\bhost\b/s)
})

test('an old Node is told what to do', () => {
  const oldNode = join(folder, 'old-node.cjs')
  writeFileSync(oldNode, "Object.defineProperty(process, 'versions', { value: { node: '20.20.2' } })")

  const { status, stderr } = spawnSync(process.execPath, ['-r', oldNode, program, 'find'], {
    encoding: 'utf8',
  })

  assert.equal(status, 1)
  assert.match(stderr, /needs Node 24\.15 or newer; this is 20\.20\.2/)
  assert.match(stderr, /npx -y -p node@24 -p tonearm tonearm find/)
})

test('its host reads the sample album in its threads, answers, and ends in peace', async () => {
  const args = [program, 'host', join(installed, 'sample'), '--data', join(folder, 'data')]
  const host = startProcess(process.execPath, [
    ...args,
    ...['--port', '0', '--no-announce', '--output', 'null', '--json'],
  ])
  try {
    const ready = JSON.parse(await host.line(/"event":"ready"/, 30_000)) as { url: string }
    const scanned = JSON.parse(await host.line(/"event":"scanned"/, 30_000)) as Record<string, number>
    assert.equal(scanned['tracks'], 3)
    assert.equal(scanned['failed'], 0)
    assert.equal((await fetch(`${ready.url}/server-info`)).status, 200)

    const play = ['play', 'Needle Down', '--data', join(folder, 'data')]
    run(process.execPath, [program, ...play])
    await host.line(/"event":"playing".*Needle Down/, 30_000)
  } finally {
    const { code } = await host.stop('SIGTERM', 5000)
    assert.equal(code, 0, host.errorLines.join('\n'))
  }
})

test('its doors open, with types', () => {
  const user = join(installed, '..', '..', 'user.ts')
  writeFileSync(
    user,
    [
      "import { encode } from 'tonearm/protocol'",
      "import { connectRemote, type Remote } from 'tonearm/remote'",
      "import { startPairing } from 'tonearm/remote/node'",
      "const bytes: Uint8Array = encode(['mstt', 200])",
      'const connect: (options: { address: string }) => Promise<Remote> = connectRemote',
      'console.log(bytes.length, typeof connect, typeof startPairing)',
      '',
    ].join('\n'),
  )

  assert.equal(run(process.execPath, [user]).trim(), '12 function function')
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2024']
  run(process.execPath, [
    compiler,
    ...options,
    '--types',
    'node',
    '--typeRoots',
    join(root, 'node_modules/@types'),
    user,
  ])
})

/** As npm would unpack it; what it depends on is the checkout's, without Node and the development tools. */
function install(archive: string, modules: string): string {
  mkdirSync(modules, { recursive: true })
  run('tar', ['-xzf', archive, '-C', modules])
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name.startsWith('.') || name.startsWith('node-linux-')) continue
    symlinkSync(join(root, 'node_modules', name), join(modules, name))
  }
  const target = join(modules, 'tonearm')
  renameSync(join(modules, 'package'), target)
  return target
}

function run(command: string, args: readonly string[], cwd = folder): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    cwd,
    timeout: 180_000,
  })
  assert.equal(status, 0, `${command} ${args.join(' ')}\n${error?.message ?? ''}\n${stdout}\n${stderr}`)
  return stdout
}
