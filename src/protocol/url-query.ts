// The part of a URL after "?", read as DAAP needs it: "+" is the AND of queries and stays.

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** Pairs in order. Escapes that are none stay as they are; bytes that are no UTF-8 become U+FFFD. */
export function parseUrlQuery(raw: string): [name: string, value: string][] {
  return raw
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=')
      return equals === -1
        ? [unescaped(pair), '']
        : [unescaped(pair.slice(0, equals)), unescaped(pair.slice(equals + 1))]
    })
}

function unescaped(text: string): string {
  if (!text.includes('%')) return text
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    const bytes = new Uint8Array(escapes.length / 3)
    for (let index = 0; index < bytes.length; index += 1)
      bytes[index] = Number.parseInt(escapes.slice(index * 3 + 1, index * 3 + 3), 16)
    return utf8.decode(bytes)
  })
}

/** The other way: "+" escaped, so that every reader gets back what was meant; quotes and colons bare. */
export function encodeUrlQuery(pairs: Iterable<readonly [name: string, value: string]>): string {
  return Array.from(pairs, ([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&')
}

function escaped(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('%3A', ':').replaceAll('%2C', ',')
}
