// The English words that have been loaded: what stands in for a word that a language lacks.

import { en, type Message } from './en.ts'

export const english = new Map<string, Message>(Object.entries(en))

/** More of it has been loaded. */
export function addEnglish(words: Readonly<Record<string, Message>>): void {
  for (const [key, message] of Object.entries(words)) english.set(key, message)
}
