// A step of the page's build: later parts are asked for all at once when the first list is there, and have no style of
// their own, so vite's helper that would preload for each is 3 KB of nothing.

const helper = /vite\/preload-helper\.js$/

export const withoutPreloads = {
  name: 'without-preloads',
  enforce: 'pre',
  load(id: string): string | undefined {
    return helper.test(id) ? 'export const __vitePreload = (load) => load()' : undefined
  },
} as const
