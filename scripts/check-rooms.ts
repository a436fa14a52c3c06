// Holds the imports of src/ to the house rules (docs/architecture.md):
// rooms import only the rooms below them, through their index.ts; no circle of files;
// protocol/, remote/ and web/ stay free of node: modules, but for remote/node.ts.

import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

const mayImport: Record<string, readonly string[]> = {
  protocol: [],
  discovery: [],
  audio: [],
  library: ['audio'],
  player: ['audio', 'library'],
  outputs: ['player', 'audio', 'discovery'],
  host: ['protocol', 'discovery', 'library', 'player', 'audio'],
  remote: ['protocol', 'discovery'],
  inspector: ['protocol', 'discovery'],
  doctor: ['protocol', 'discovery', 'remote'],
  web: ['remote', 'protocol'],
  cli: [
    'protocol',
    'discovery',
    'audio',
    'library',
    'player',
    'outputs',
    'host',
    'remote',
    'inspector',
    'doctor',
    'web',
  ],
}
const sharedFiles = new Set(['src/errors.ts', 'src/log.ts', 'src/clock.ts'])
/** Doors of a room besides its index: what a page may not load, what a short command need not. */
const doors = new Set(['src/remote/node.ts', 'src/protocol/api.ts', 'src/host/data-directory.ts'])
/** Files of isomorphic rooms that may use Node: that door, and the folder behind it. */
const nodeFiles = /^src\/remote\/node(?:\.ts$|\/)/
const isomorphicRooms = new Set(['protocol', 'remote', 'web'])

const faults: string[] = []
const importsOf = new Map<string, string[]>()
const files = globSync('src/**/*.{ts,tsx}').toSorted()
const importPattern =
  /^(?:import|export)\s(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm

for (const file of files) {
  const room = file.split('/').length > 2 ? file.split('/')[1] : undefined
  if (room !== undefined && !(room in mayImport))
    faults.push(`${file}: "${room}" is not a room; the rooms are in docs/architecture.md`)
  const isTest = /\.test\.tsx?$/.test(file)
  const targets: string[] = []
  for (const match of readFileSync(file, 'utf8').matchAll(importPattern)) {
    const specifier = match[1] ?? match[2] ?? ''
    if (
      room !== undefined &&
      isomorphicRooms.has(room) &&
      !isTest &&
      !nodeFiles.test(file) &&
      specifier.startsWith('node:')
    ) {
      faults.push(
        `${file}: imports ${specifier}; this room also runs in a browser, so take what you need as an argument`,
      )
    }
    if (!specifier.startsWith('.')) continue
    const target = normalize(join(dirname(file), specifier))
    targets.push(target)
    if (isTest || sharedFiles.has(target) || room === undefined) continue
    const targetRoom = target.split('/')[1] ?? ''
    if (targetRoom === room) continue
    if (!mayImport[room]?.includes(targetRoom))
      faults.push(`${file}: ${room}/ may not import ${targetRoom}/ (${specifier})`)
    else if (target !== `src/${targetRoom}/index.ts` && !doors.has(target)) {
      faults.push(`${file}: import ${targetRoom}/ through its index.ts, not ${specifier}`)
    }
  }
  if (!isTest) importsOf.set(file, targets)
}

const state = new Map<string, 'open' | 'done'>()
function findCircle(file: string, trail: string[]): void {
  if (state.get(file) === 'done' || !importsOf.has(file)) return
  if (state.get(file) === 'open') {
    faults.push(`circle: ${[...trail.slice(trail.indexOf(file)), file].join(' -> ')}`)
    return
  }
  state.set(file, 'open')
  for (const target of importsOf.get(file) ?? []) findCircle(target, [...trail, file])
  state.set(file, 'done')
}
for (const file of files) findCircle(file, [])

for (const fault of faults) console.error(fault)
console.log(`rooms: ${files.length} files, ${faults.length} faults`)
process.exit(faults.length === 0 ? 0 : 1)
