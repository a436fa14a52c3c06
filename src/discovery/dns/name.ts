// Domain names as lists of labels, each label its bytes: an instance label may hold dots, spaces and any UTF-8,
// so dotted text cannot carry it. Compared without regard to ASCII case (RFC 6762 16).

export type Label = Uint8Array
export type Name = readonly Label[]

export const longestLabelBytes = 63
/** Of the whole name on the wire, with the lengths and the root (RFC 1035 3.1). */
export const longestNameBytes = 255

const encoder = new TextEncoder()
const decoder = new TextDecoder()

export function labelOf(text: string): Label {
  return encoder.encode(text)
}

export function labelText(label: Label): string {
  return decoder.decode(label)
}

/** From plain dotted text such as `_touch-able._tcp.local`; a last dot is optional. */
export function nameOf(text: string): Name {
  return text
    .split('.')
    .filter((label) => label !== '')
    .map(labelOf)
}

/** `_touch-able._tcp` → `_touch-able._tcp.local`. */
export function typeName(type: string): Name {
  return nameOf(`${type}.local`)
}

/** RFC 6763 7.1: `_printer` of `_http._tcp` → `_printer._sub._http._tcp.local`. */
export function subtypeName(subtype: string, type: string): Name {
  return [labelOf(subtype), labelOf('_sub'), ...typeName(type)]
}

export function instanceName(instance: string, type: string): Name {
  return [labelOf(instance), ...typeName(type)]
}

/** Dotted text for people and for host names; dots inside a label become `\.`. */
export function nameText(name: Name): string {
  return name.map((label) => labelText(label).replaceAll('\\', '\\\\').replaceAll('.', '\\.')).join('.')
}

/** Worked out once for each name: a packet may make us compare hundreds with ours. */
const keys = new WeakMap<Name, string>()

/** Equal for equal names: lengths keep labels apart, ASCII letters are folded. */
export function nameKey(name: Name): string {
  const known = keys.get(name)
  if (known !== undefined) return known
  const key = newKey(name)
  keys.set(name, key)
  return key
}

function newKey(name: Name): string {
  let key = ''
  for (const label of name) {
    key += String.fromCharCode(label.length)
    for (const byte of label) key += String.fromCharCode(foldByte(byte))
  }
  return key
}

export function sameName(a: Name, b: Name): boolean {
  return a.length === b.length && nameKey(a) === nameKey(b)
}

/** The bytes of a name on the wire. */
export function nameLength(name: Name): number {
  return name.reduce((sum, label) => sum + 1 + label.length, 1)
}

/** Cuts at the end of a character, so that what remains is UTF-8 still. */
export function cutToBytes(text: string, longest: number): string {
  const bytes = encoder.encode(text)
  if (bytes.length <= longest) return text
  let end = longest
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return decoder.decode(bytes.subarray(0, end))
}

/** As a label for people must be: no control characters, composed, not too long (RFC 6762 16, RFC 6763 4.1.1). */
export function properLabel(text: string): string {
  return cutToBytes(text.normalize('NFC').replaceAll(/\p{Cc}/gu, ''), longestLabelBytes)
}

function foldByte(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte
}
