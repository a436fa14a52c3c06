// Numbers as a language writes them.

import type { Language } from './languages.ts'

/** Between thousands. */
const groupMarks: Readonly<Record<Language, string>> = { en: ',', de: '.', fr: '\u202f', ja: ',' }

/** Whole ones without Intl: what a browser loads to format its first number is a third of the time to the first list. */
export function numberText(value: number, language: Language): string {
  if (!Number.isInteger(value)) return new Intl.NumberFormat(language).format(value)
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, groupMarks[language])
}
