// The page with what this host is within it: a browser need not ask for that before it asks for the music.

import { gzipSync } from 'node:zlib'
import { etagOf, type PageFile } from './page-files.ts'

/** What the build leaves empty (src/web/index.html). */
const place = /(<script type="application\/json" id="about">)(<\/script>)/

/** Gives the page with what is said of the host now. A page without a place for it stays as it is. */
export function pageWithAbout(about: () => unknown): (page: PageFile) => PageFile {
  let made: { readonly of: PageFile; readonly text: string; readonly page: PageFile } | undefined

  return (page) => {
    const text = JSON.stringify(about()).replaceAll('<', '\\u003c') // a name may end the element
    if (made?.of !== page || made.text !== text) made = { of: page, text, page: filled(page, text) }
    return made.page
  }
}

function filled(page: PageFile, text: string): PageFile {
  const plain = Buffer.from(
    Buffer.from(page.plain)
      .toString()
      .replace(place, (_, begin: string, end: string) => `${begin}${text}${end}`),
  )
  if (plain.equals(page.plain)) return page
  return { ...page, etag: etagOf(plain), plain, gzip: gzipSync(plain), brotli: undefined }
}
