// What this browser keeps: for ever, or for as long as the tab lives. A browser that keeps nothing is no fault.

type Shelf = 'localStorage' | 'sessionStorage'

function read(shelf: Shelf, key: string): unknown {
  try {
    return JSON.parse(globalThis[shelf].getItem(`tonearm.${key}`) ?? 'null')
  } catch {
    return null
  }
}

function write(shelf: Shelf, key: string, value: unknown): void {
  try {
    const name = `tonearm.${key}`
    const text = value === undefined || value === null ? null : JSON.stringify(value)
    if (text === globalThis[shelf].getItem(name)) return // to write takes a browser longer
    if (text === null) globalThis[shelf].removeItem(name)
    else globalThis[shelf].setItem(name, text)
  } catch {
    // A private window, or full: it is forgotten with the page.
  }
}

/** What comes back may be of an older page: check it. */
export const kept = (key: string): unknown => read('localStorage', key)
export const keep = (key: string, value: unknown): void => write('localStorage', key, value)
export const keptInTab = (key: string): unknown => read('sessionStorage', key)
export const keepInTab = (key: string, value: unknown): void => write('sessionStorage', key, value)
