// How this page looks and behaves, in this browser.

import { effect, signal } from '@preact/signals'
import { bestLanguage, type Language, languages, speak } from '../messages/index.ts'
import { keep, kept } from './kept.ts'

export const looks = ['system', 'light', 'dark'] as const
export type Look = (typeof looks)[number]

export const look = signal<Look>(oneOf(looks, kept('look')) ?? 'system')
export const hasShortcuts = signal(kept('shortcuts') !== false)
/** Whether a screen reader is told each song that begins. */
export const tellsSongs = signal(kept('tell-songs') !== false)
/** Folded, the deck lies at the foot. */
export const isDeckFolded = signal(kept('deck-folded') === true)
/** Least width of a cover in a grid, px. */
export const coverSize = signal(numberWithin(kept('cover-size'), 120, 280) ?? 176)
export const chosenLanguage = signal<Language | undefined>(
  oneOf(Object.keys(languages) as Language[], kept('language')),
)

const darkQuery = matchMedia('(prefers-color-scheme: dark)')
const systemIsDark = signal(darkQuery.matches)
darkQuery.addEventListener('change', ({ matches }) => {
  systemIsDark.value = matches
})

export const scheme = signal<'light' | 'dark'>('light')

/** Follows the settings from now on. */
export function applySettings(): void {
  effect(() => {
    scheme.value = look.value === 'system' ? (systemIsDark.value ? 'dark' : 'light') : look.value
    document.documentElement.dataset['scheme'] = scheme.value
  })
  effect(() => keep('look', look.value))
  effect(() => keep('shortcuts', hasShortcuts.value))
  effect(() => keep('tell-songs', tellsSongs.value))
  effect(() => keep('deck-folded', isDeckFolded.value))
  effect(() => keep('cover-size', coverSize.value))
  effect(() => {
    keep('language', chosenLanguage.value)
    void speak(chosenLanguage.value ?? bestLanguage(navigator.languages))
  })
}

function oneOf<Choice extends string>(choices: readonly Choice[], value: unknown): Choice | undefined {
  return choices.find((choice) => choice === value)
}

function numberWithin(value: unknown, least: number, most: number): number | undefined {
  return typeof value === 'number' && value >= least && value <= most ? value : undefined
}
