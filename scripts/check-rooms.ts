// Holds the imports of src/ to the house rules (docs/architecture.md):
// rooms import only the rooms below them, through their index.ts; no circle of files;
// protocol/, remote/ and web/ stay free of node: modules and Buffer, but for remote/node.ts and what is behind it.

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
const sharedFiles = new Set([
  'src/errors.ts',
  'src/log.ts',
  'src/clock.ts',
  'src/thread-priority.ts',
  'src/others-first.ts',
])
/** Doors of a room besides its index: what a page may not load, what a short command need not. */
const doors = new Set([
  'src/remote/node.ts',
  'src/protocol/api.ts',
  'src/host/running-host.ts',
  'src/discovery/relay.ts',
])
/** Files of isomorphic rooms that may use Node: that door, and the folder behind it. */
const nodeFiles = /^src\/remote\/node(?:\.ts$|\/)/
const isomorphicRooms = new Set(['protocol', 'remote', 'web'])

const faults: string[] = []
const importsOf = new Map<string, string[]>()
const files = globSync('src/**/*.{ts,tsx}').toSorted()

for (const file of files) {
  const isTest = /\.(?:test|contract)\.tsx?$/.test(file)
  const text = readFileSync(file, 'utf8')
  const imports = importsIn(text)
  if (isTest) continue
  const room = roomOf(file)
  if (room !== undefined) {
    if (!(room in mayImport))
      faults.push(`${file}: "${room}" is not a room; the rooms are in docs/architecture.md`)
    checkDoors(file, room, imports)
    if (isomorphicRooms.has(room) && !nodeFiles.test(file)) checkIsomorphic(file, text, imports)
  }
  importsOf.set(
    file,
    imports.filter(isRelative).map((specifier) => normalize(join(dirname(file), specifier))),
  )
}
const seen = new Map<string, 'open' | 'done'>()
for (const file of files) findCircle(file, [])

for (const fault of faults) console.error(fault)
console.log(`rooms: ${files.length} files, ${faults.length} faults`)
process.exit(faults.length === 0 ? 0 : 1)

function importsIn(text: string): string[] {
  const pattern =
    /^(?:import|export)\s(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm
  return Array.from(text.matchAll(pattern), ([, stated, loaded]) => stated ?? loaded ?? '')
}

function isRelative(specifier: string): boolean {
  return specifier.startsWith('.')
}

/** `src/player/queue.ts` → `player`; undefined for the three small files. */
function roomOf(file: string): string | undefined {
  const parts = file.split('/')
  return parts.length > 2 ? parts[1] : undefined
}

function checkDoors(file: string, room: string, imports: readonly string[]): void {
  for (const specifier of imports.filter(isRelative)) {
    const target = normalize(join(dirname(file), specifier))
    const targetRoom = roomOf(target) ?? ''
    if (sharedFiles.has(target) || targetRoom === room) continue
    if (!mayImport[room]?.includes(targetRoom))
      faults.push(`${file}: ${room}/ may not import ${targetRoom}/ (${specifier})`)
    else if (target !== `src/${targetRoom}/index.ts` && !doors.has(target))
      faults.push(`${file}: import ${targetRoom}/ through its index.ts, not ${specifier}`)
  }
}

function checkIsomorphic(file: string, text: string, imports: readonly string[]): void {
  const says = 'this room also runs in a browser, so take what you need as an argument'
  for (const specifier of imports)
    if (specifier.startsWith('node:')) faults.push(`${file}: imports ${specifier}; ${says}`)
  if (/(?<![\w.'`])Buffer\./.test(text)) faults.push(`${file}: uses Buffer; ${says}`)
}

function findCircle(file: string, trail: string[]): void {
  if (seen.get(file) === 'done' || !importsOf.has(file)) return
  if (seen.get(file) === 'open') {
    faults.push(`circle: ${[...trail.slice(trail.indexOf(file)), file].join(' -> ')}`)
    return
  }
  seen.set(file, 'open')
  for (const target of importsOf.get(file) ?? []) findCircle(target, [...trail, file])
  seen.set(file, 'done')
}
