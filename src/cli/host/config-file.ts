// Changes one setting in a configuration file that a person may have written, and nothing else in it.

import { isDeepStrictEqual } from 'node:util'
import { parse, stringify } from 'smol-toml'
import { KnownError } from '../../errors.ts'

/** A list of texts, over several lines or on one; strings may hold brackets. */
const folderLines =
  /^folders[ \t]*=[ \t]*\[(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*|[^\]"'#])*\][^\n]*(?:\n|$)/m

/** None: the setting is left out. BAD_SETTING where the file says it in a way that is not understood here. */
export function withFolders(text: string, folders: readonly string[], file: string): string {
  const before = tableIn(text)
  const line = folders.length > 0 ? stringify({ folders: [...folders] }) : ''
  const changed = folderLines.test(text) ? text.replace(folderLines, () => line) : line + text
  const { folders: _, ...others } = before ?? {}
  const wanted = folders.length > 0 ? { folders: [...folders], ...others } : others
  if (before && isDeepStrictEqual(tableIn(changed), wanted)) return changed
  throw new KnownError('BAD_SETTING', {
    where: file,
    setting: 'folders',
    problem: 'it can only be changed by hand',
  })
}

function tableIn(text: string): Record<string, unknown> | undefined {
  try {
    return { ...parse(text) }
  } catch {
    return undefined
  }
}
