// The notices that go with the package: what it depends on, under which licence, and what to know of it.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface LockEntry {
  readonly version?: string
  readonly license?: string
  readonly dev?: boolean
  readonly optional?: boolean
}

/** Parts whose licence asks more than to be named. Matched by the beginning of the package's name. */
const remarks: readonly (readonly [name: string, remark: string])[] = [
  [
    '@audio/decode-aac',
    'holds FAAD2 under GPL-2.0. It is optional: Tonearm loads it at run time if it is there. Without it (delete its folder) AAC and ALAC files are listed, and playing one says what is missing.',
  ],
  [
    '@img/sharp-libvips',
    'holds libvips and others under LGPL-3.0-or-later, as a shared library that may be replaced.',
  ],
  [
    'mpg123-decoder',
    'holds mpg123 under LGPL-2.1, compiled to WebAssembly in a package of its own that may be replaced.',
  ],
  ['@wasm-audio-decoders/flac', 'holds libFLAC under the BSD licence.'],
  ['@wasm-audio-decoders/ogg-vorbis', 'holds libvorbis under the BSD licence.'],
  ['preact', '(with @preact/signals, both MIT) is part of the page, in `web/assets`.'],
  ['opus-decoder', 'holds libopus under the BSD licence.'],
  ['@evan/opus', 'holds libopus under the BSD licence.'],
  [
    'wasm-media-encoders',
    'holds LAME under LGPL-2.0 and libvorbis under the BSD licence, compiled to WebAssembly in a package of its own that may be replaced.',
  ],
]

/** What the page is built with; its code is in the page's script. */
const partsOfPage = /node_modules\/(?:preact|@preact\/signals|@preact\/signals-core)$/

function isPartOfPackage(path: string, { dev = false }: LockEntry): boolean {
  return !dev || partsOfPage.test(path)
}

/** Markdown, from the lockfile. Licences missing there are read from the installed package. */
export function notices(lockfile: string, root: string): string {
  const { packages } = JSON.parse(lockfile) as { packages: Record<string, LockEntry> }
  const rows = Object.entries(packages)
    .filter(([path, entry]) => path !== '' && isPartOfPackage(path, entry) && !path.includes('/node-linux-'))
    .map(([path, entry]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
      return `| ${name} | ${entry.version ?? ''} | ${entry.license ?? installedLicense(root, path)} |`
    })
  return [
    '# Third-party parts',
    '',
    'Tonearm itself is MIT licensed. It is installed with the packages below, each under its own licence and in',
    'a folder of its own; the texts are in those folders. None is changed.',
    '',
    '## To know',
    '',
    ...remarks.map(([name, remark]) => `* **${name}** ${remark}`),
    '',
    '## All',
    '',
    '| Package | Version | Licence |',
    '| --- | --- | --- |',
    ...new Set(rows),
    '',
  ].join('\n')
}

function installedLicense(root: string, path: string): string {
  const file = join(root, path, 'package.json')
  if (!existsSync(file)) return 'see the package'
  return (JSON.parse(readFileSync(file, 'utf8')) as { license?: string }).license ?? 'see the package'
}
