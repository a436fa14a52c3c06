// The words of the page in the language chosen. English is always there; the others are loaded when they are wanted.

import { computed, signal } from '@preact/signals'
import { en, type Forms, type Message } from './en.ts'
import { english } from './english.ts'
import { type Language, languages } from './languages.ts'
import type { MessageKey, Messages } from './messages.ts'
import { numberText } from './numbers.ts'

export { type Language, languages, type MessageKey }
export type Values = Readonly<Record<string, string | number>>

const loaders: Readonly<Partial<Record<Language, () => Promise<Messages>>>> = {
  de: async () => (await import('./de.ts')).de,
  fr: async () => (await import('./fr.ts')).fr,
  ja: async () => (await import('./ja.ts')).ja,
}

const messages = signal<{ language: Language; words: Partial<Messages> }>({ language: 'en', words: en })
const messageOf = (key: MessageKey): Message => messages.value.words[key] ?? english.get(key) ?? key

export const language = computed(() => messages.value.language)
const plurals = computed(() => new Intl.PluralRules(language.value))

/** The message with its values filled in, in the present language: who shows it is drawn anew when that changes. */
export function t(key: MessageKey, values: Values = {}): string {
  return textOf(messageOf(key), values).replace(/\{(\w+)\}/g, (_, name: string) =>
    String(shownOf(values[name])),
  )
}

export function number(value: number): string {
  return numberText(value, language.value)
}

function textOf(message: Message, { count }: Values): string {
  if (typeof message === 'string') return message
  const forms: Forms = message
  const form = typeof count === 'number' ? plurals.value.select(count) : 'other'
  return forms[form] ?? forms.other
}

function shownOf(value: string | number | undefined): string {
  return typeof value === 'number' ? number(value) : (value ?? '')
}

/** The first of the wanted languages that there is: ['de-AT', 'fr'] → 'de'. */
export function bestLanguage(wanted: readonly string[]): Language {
  const found = wanted.map((tag) => tag.split('-')[0]).find((tag) => tag !== undefined && tag in languages)
  return (found as Language | undefined) ?? 'en'
}

/** Resolves when the page speaks it. */
export async function speak(wanted: Language): Promise<void> {
  const words = (await loaders[wanted]?.()) ?? en
  messages.value = { language: wanted, words }
  document.documentElement.lang = wanted
}
