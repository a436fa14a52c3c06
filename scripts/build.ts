// npm run build: the package to publish, whole, in dist/ (or --out FOLDER): JavaScript, types, sample, notices.
// Node itself and the development tools stay out of it.

import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { checkPackage } from './package/check.ts'
import { type Manifest, publishedManifest } from './package/manifest.ts'
import { notices } from './package/notices.ts'

const root = resolve(import.meta.dirname, '..')
const { values } = parseArgs({ options: { out: { type: 'string' }, help: { type: 'boolean' } } })
if (values.help) {
  console.log(
    'Usage: npm run build [-- --out FOLDER]\n\nBuilds the package to publish into FOLDER (default: dist).',
  )
  process.exit(0)
}
build(resolve(values.out ?? join(root, 'dist')))

function build(out: string): void {
  for (const made of ['lib', 'bin', 'sample', 'web'])
    rmSync(join(out, made), { recursive: true, force: true })
  mkdirSync(join(out, 'bin'), { recursive: true })
  compile(join(out, 'lib'))
  runScript('build-page.ts', '--out', join(out, 'web'))
  for (const file of ['tonearm.cjs', 'start.cjs'])
    cpSync(join(root, 'scripts/package', file), join(out, 'bin', file))
  chmodSync(join(out, 'bin', 'tonearm.cjs'), 0o755)
  for (const file of ['sample', 'LICENSE', 'README.md', 'CHANGELOG.md'])
    cpSync(join(root, file), join(out, file), { recursive: true })
  // The README's pictures, at the place where it looks for them.
  cpSync(join(root, 'docs/pictures'), join(out, 'docs/pictures'), { recursive: true })

  const checkout = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
  const manifest = publishedManifest(checkout, (file) => existsSync(join(out, file)))
  writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  writeFileSync(
    join(out, 'THIRD-PARTY.md'),
    notices(readFileSync(join(root, 'package-lock.json'), 'utf8'), root),
  )

  const faults = checkPackage(out)
  for (const fault of faults) console.error(`build: ${fault}`)
  if (faults.length > 0) process.exit(1)
  console.log(`build: ${manifest.name} ${manifest.version} in ${out}`)
}

function runScript(name: string, ...args: string[]): void {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', name), ...args], { stdio: 'inherit' })
  if (status !== 0) process.exit(1)
}

function compile(outDir: string): void {
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const args = [compiler, '-p', join(root, 'tsconfig.build.json'), '--outDir', outDir]
  if (spawnSync(process.execPath, args, { stdio: 'inherit', cwd: root }).status !== 0) {
    console.error('build: the compiler found errors')
    process.exit(1)
  }
  // tsc rewrites ".ts" to ".js" in the JavaScript only; in types it is left to us.
  for (const file of globSync('**/*.d.ts', { cwd: outDir })) {
    const path = join(outDir, file)
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replace(/(['"])(\.{1,2}\/[^'"]+)\.tsx?\1/g, '$1$2.js$1'))
  }
}
