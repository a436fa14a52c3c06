// How names are sorted: articles and punctuation in front do not count, letters come first.

/** Ignored in front of a name, by language; one ending in an apostrophe needs no space after it. */
const articlesOf: Readonly<Record<string, readonly string[]>> = {
  en: ['the', 'a', 'an'],
  de: ['der', 'die', 'das', 'ein', 'eine'],
  fr: ['le', 'la', 'les', "l'", 'l’', 'un', 'une', 'des'],
  es: ['el', 'la', 'los', 'las', 'un', 'una'],
  it: ['il', 'lo', 'la', 'i', 'gli', 'le', "l'", 'l’', 'un', 'uno', 'una'],
  nl: ['de', 'het', 'een'],
  pt: ['o', 'a', 'os', 'as', 'um', 'uma'],
  sv: ['en', 'ett', 'den', 'det'],
  da: ['en', 'et', 'den', 'det'],
  no: ['en', 'et', 'ei', 'den', 'det'],
}

/** The name by which `name` is sorted when its tags name none. */
export function sortNames(languages: readonly string[]): (name: string) => string {
  const articles = languages.flatMap((language) => articlesOf[language.slice(0, 2).toLowerCase()] ?? [])
  const alternatives = articles.map((article) => (/['’]$/.test(article) ? article : `${article}\\s+`))
  const front = new RegExp(
    `^[\\p{P}\\s]*(?:${alternatives.join('|') || '(?!)'})?[\\p{P}\\s]*(?=[\\p{L}\\p{N}])`,
    'iu',
  )
  return (name) => name.replace(front, '')
}

/** The header a sort name stands under: A to Z, or '0' for all else (daap-library.md, section 5). */
export function letterOf(sortName: string): string {
  const first = sortName.normalize('NFD').charAt(0).toUpperCase()
  return first >= 'A' && first <= 'Z' ? first : otherLetter
}

export const otherLetter = '0'

export interface NameOrder {
  compare(a: string, b: string): number
  /** Places of names, sorted. */
  sorted(names: readonly string[]): Uint32Array
}

/** Letters A to Z in their order, each collated by the language; everything else after them; nothing behind everything. */
export function nameOrder(languages: readonly string[]): NameOrder {
  const { compare: collate } = new Intl.Collator([...languages], { numeric: true })
  /** "9" and "009" are the same to a collator; their order must not depend on which came first. */
  const compare = (a: string, b: string) => collate(a, b) || (a < b ? -1 : Number(a > b))
  const groupOf = (name: string) => {
    const letter = name === '' ? '' : letterOf(name)
    if (letter === '') return 256
    return letter === otherLetter ? 255 : letter.charCodeAt(0)
  }
  return {
    compare: (a, b) => groupOf(a) - groupOf(b) || compare(a, b),
    sorted(names) {
      const groups = Uint16Array.from(names, groupOf)
      return Uint32Array.from(names.keys()).sort(
        (a, b) => (groups[a] ?? 0) - (groups[b] ?? 0) || compare(names[a] ?? '', names[b] ?? ''),
      )
    },
  }
}
