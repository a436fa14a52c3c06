// A step of the page's build: tables of the protocol without what only people read.

/**
 * Long names of content codes and purposes of endpoints are for people who read captures, ways out of an error for those
 * who type commands: some 9 KB of the page, which has buttons of its own.
 */
const wordsOfTables: readonly (readonly [file: RegExp, words: RegExp, without: string])[] = [
  [/protocol\/dmap\/content-codes\.ts$/, /\['[a-z][\w.-]+', '/g, "['', '"],
  [/protocol\/endpoints\.ts$/, /purpose: '(?:[^'\\]|\\.)*'/g, "purpose: ''"],
  [/src\/errors\.ts$/, /\btry: '(?:[^'\\]|\\.)*'/g, "try: ''"],
]

export const withoutWordsOfTables = {
  name: 'without-words-of-tables',
  enforce: 'pre',
  transform(code: string, id: string): string | undefined {
    const table = wordsOfTables.find(([file]) => file.test(id))
    return table && code.replace(table[1], table[2])
  },
} as const
