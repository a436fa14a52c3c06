// XSPF, the XML one: playlist > title, and trackList > track > location, of which a track may have several.
// The parser knows no entities but XML's own five, and fetches nothing.

import { SaxesParser } from 'saxes'
import { mostReferences, type ParsedPlaylist } from './parsed.ts'

/** Far deeper than any real one; extensions may hold whatever they like. */
const deepestElement = 50
const mostLocations = 8
const longestText = 8192

/** An Error in words for what is no well-formed XML. */
export function parseXspf(text: string): ParsedPlaylist {
  const parser = new SaxesParser({ xmlns: false, position: true })
  const references: string[][] = []
  const path: string[] = []
  let title = ''
  let words = ''
  let isCut = false

  parser.on('error', (error) => {
    throw new Error(`It is no well-formed XSPF: ${error.message.slice(0, 200)}`)
  })
  parser.on('opentag', ({ name }) => {
    path.push(localName(name))
    if (path.length > deepestElement) throw new Error('Its elements are nested too deep.')
    words = ''
    if (path.join('/') !== 'playlist/trackList/track') return
    if (references.length === mostReferences) isCut = true
    else references.push([])
  })
  const addText = (more: string) => {
    if (words.length < longestText) words += more.slice(0, longestText)
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    const place = path.join('/')
    path.pop()
    if (place === 'playlist/title' && title === '') title = words.trim()
    if (place !== 'playlist/trackList/track/location' || isCut) return
    const locations = references.at(-1)
    if (locations && locations.length < mostLocations && words.trim() !== '') locations.push(words.trim())
  })

  parser.write(text).close()
  return { title, references: references.filter((locations) => locations.length > 0), isCut }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
