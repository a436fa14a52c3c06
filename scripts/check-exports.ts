// Holds src/ to one rule: a function or a constant is exported only where another file names it.
// (What is exported is what a reader must reckon with elsewhere. Types may be exported for whoever holds a value of theirs.)

import { globSync, readFileSync } from 'node:fs'

const files = globSync('{src,test,bench,scripts,examples}/**/*.{ts,tsx,js}', {
  exclude: ['**/node_modules/**'],
}).toSorted()

/** Which files say a word. */
const filesByWord = new Map<string, Set<string>>()
const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]))
for (const [file, text] of texts)
  for (const [word] of text.matchAll(/[A-Za-z_$][\w$]*/g)) {
    const known = filesByWord.get(word)
    if (known) known.add(file)
    else filesByWord.set(word, new Set([file]))
  }

let faults = 0
for (const [file, text] of texts) {
  if (!file.startsWith('src/')) continue
  for (const [, name = ''] of text.matchAll(/^export (?:async )?(?:function\*?|const|let|class) (\w+)/gm))
    if ((filesByWord.get(name)?.size ?? 0) < 2) {
      console.error(`${file}: nobody else names ${name}; do not export it`)
      faults += 1
    }
}
console.log(`exports: ${faults} faults`)
process.exit(faults === 0 ? 0 : 1)
