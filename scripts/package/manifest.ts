// The package.json of the published package, made from the checkout's.

export interface Manifest {
  readonly name: string
  readonly version: string
  readonly description: string
  readonly license: string
  readonly engines: { readonly node: string }
  readonly dependencies: Readonly<Record<string, string>>
  readonly optionalDependencies: Readonly<Record<string, string>>
}

export interface PublishedManifest extends Manifest {
  readonly bin: { readonly tonearm: string }
  /** Per door its files, or one file for both types and code. */
  readonly exports: Readonly<Record<string, string | Readonly<Record<'types' | 'default', string>>>>
}

/** What may be imported from the package, and the file that answers; a room not yet built is left out. */
const doors: readonly (readonly [name: string, file: string])[] = [
  ['./remote', 'lib/remote/index'],
  ['./remote/node', 'lib/remote/node'],
  ['./protocol', 'lib/protocol/index'],
  ['./inspector', 'lib/inspector/index'],
]

export function publishedManifest(
  checkout: Manifest,
  isBuilt: (file: string) => boolean,
): PublishedManifest & { type: string; keywords: string[] } {
  const built = doors.filter(([, file]) => isBuilt(`${file}.js`))
  return {
    name: 'tonearm',
    version: checkout.version,
    description: checkout.description,
    license: checkout.license,
    type: 'module',
    keywords: ['daap', 'dacp', 'music', 'remote', 'mdns', 'airplay'],
    bin: { tonearm: './bin/tonearm.cjs' },
    exports: {
      ...Object.fromEntries(
        built.map(([name, file]) => [name, { types: `./${file}.d.ts`, default: `./${file}.js` }]),
      ),
      './package.json': './package.json',
    },
    engines: checkout.engines,
    dependencies: checkout.dependencies,
    // The checkout brings its own Node from npm; whoever installs the package has one already.
    optionalDependencies: Object.fromEntries(
      Object.entries(checkout.optionalDependencies).filter(([name]) => !name.startsWith('node-linux-')),
    ),
  }
}
