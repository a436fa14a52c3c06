// The languages that the page speaks, each by its own name.

export const languages = { en: 'English', de: 'Deutsch', fr: 'Français', ja: '日本語' } as const
export type Language = keyof typeof languages
