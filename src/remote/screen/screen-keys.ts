// What the screen of an Apple TV takes, and what it asks for.

export const screenKeys = [
  ...(['up', 'down', 'left', 'right'] as const),
  ...(['select', 'menu', 'topmenu', 'contextmenu'] as const),
]
/** `topmenu` is menu held down, `contextmenu` select held down. */
export type ScreenKey = (typeof screenKeys)[number]

export interface TouchPoint {
  readonly x: number
  readonly y: number
  /** Counted from the first touch, in steps of the remote's own clock. */
  readonly time: number
}

/** What the screen asks for. */
export type ScreenPrompt =
  | {
      readonly kind: 'text'
      /** Names the prompt in `typeText`. */
      readonly id: string
      readonly title: string
      readonly detail: string
      /** What stands there already. */
      readonly text: string
      readonly isEmail: boolean
    }
  /** The keyboard went away. */
  | { readonly kind: 'none' }
