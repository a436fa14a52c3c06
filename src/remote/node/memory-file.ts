// `remote.json` in the data directory: readable by its user only, whole at every moment.

import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { KnownError } from '../../errors.ts'
import { emptyMemory, parseMemory, type RemoteMemory } from '../memory.ts'

const fileName = 'remote.json'

/** DATA_DAMAGED rather than an empty memory: it holds pairings. */
export function readMemory(directory: string): RemoteMemory {
  const file = join(directory, fileName)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return emptyMemory
    throw new KnownError('DATA_NOT_WRITABLE', { path: file, reason: String(error) }, error)
  }
  const memory = parseMemory(text)
  if (!memory) throw new KnownError('DATA_DAMAGED', { file, reason: 'it is not as Tonearm writes it' })
  return memory
}

/** Durable when it returns. Two programs at once: the later wins, and neither leaves half a file. */
export function writeMemory(directory: string, memory: RemoteMemory): void {
  const file = join(directory, fileName)
  const next = `${file}.${process.pid}.next`
  try {
    makeFolder(directory)
    writeFileSync(next, `${JSON.stringify(memory, null, 2)}\n`, { mode: 0o600, flush: true })
    renameSync(next, file)
  } catch (error) {
    rmSync(next, { force: true })
    throw new KnownError('DATA_NOT_WRITABLE', { path: directory, reason: String(error) }, error)
  }
}

/** With its parents. Not by `recursive`: Node asks for ever where a parent refuses with ENOENT, as below /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path, { mode: 0o700 })
}
