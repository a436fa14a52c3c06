import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePlaylist } from './parse.ts'
import { mostReferences } from './parsed.ts'
import { playlistText } from './playlist-text.ts'
import { meaningOf } from './reference.ts'
import { songFinder } from './song-finder.ts'

const names = (name: string, text: string) => parsePlaylist(name, text).references.map(([first]) => first)

test('M3U: names in lines, whatever ends them; comments are left out, the title is taken', () => {
  const text =
    '#EXTM3U\r\n#PLAYLIST: Evening \r\n#EXTINF:12,A - One\r\n one.mp3 \r\n\r\n# note\rtwo.mp3\nthree.mp3'

  assert.deepEqual(parsePlaylist('x.m3u', text), {
    title: 'Evening',
    references: [['one.mp3'], ['two.mp3'], ['three.mp3']],
    isCut: false,
  })
})

test('PLS: in the order of its numbers', () => {
  const text =
    '[playlist]\nFile10=c.mp3\nTitle1=x\nfile2 = b.mp3 \nFile1=a.mp3\nLength1=-1\nNumberOfEntries=3\nVersion=2'

  assert.deepEqual(names('x.PLS', text), ['a.mp3', 'b.mp3', 'c.mp3'])
})

test('XSPF: title, locations with alternatives, entities and CDATA; nothing else of a track', () => {
  const text = `<?xml version="1.0" encoding="UTF-8"?>
    <x:playlist version="1" xmlns:x="http://xspf.org/ns/0/"><x:title>Rock &amp; Roll</x:title>
      <x:trackList>
        <x:track><x:title>One</x:title><x:location>file:///m/one%20&#x31;.mp3</x:location></x:track>
        <x:track><x:location>http://a/b.mp3</x:location><x:location><![CDATA[b & c.mp3]]></x:location></x:track>
        <x:track><x:title>Without</x:title></x:track>
      </x:trackList><x:extension><x:location>no.mp3</x:location></x:extension></x:playlist>`

  assert.deepEqual(parsePlaylist('x.xspf', text), {
    title: 'Rock & Roll',
    references: [['file:///m/one%20 1.mp3'.replace(' 1', '1')], ['http://a/b.mp3', 'b & c.mp3']],
    isCut: false,
  })
})

test('XSPF that is broken, or made to hurt, is refused in words', () => {
  const bomb = '<!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><playlist><title>&b;</title></playlist>'
  const file = '<!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/passwd">]><playlist><title>&a;</title></playlist>'

  for (const text of ['', 'hello', '<playlist>', '<a></b>', bomb, file, '<a>'.repeat(100_000)])
    assert.throws(() => parsePlaylist('x.xspf', text), /well-formed|too deep/, text.slice(0, 60))
})

test('a million lines and more are read up to a bound, each kind in good time', () => {
  const many = mostReferences + 5
  const m3u = parsePlaylist('x.m3u', 'a\n'.repeat(many))
  const pls = parsePlaylist('x.pls', Array.from({ length: many }, (_, index) => `File${index}=a`).join('\n'))

  assert.deepEqual([m3u.references.length, m3u.isCut], [mostReferences, true])
  assert.deepEqual([pls.references.length, pls.isCut], [mostReferences, true])
})

test('the encoding is seen: UTF-8, UTF-16 both ways round, with and without a mark, else Windows Latin', () => {
  const text = '#EXTM3U\nKäse/Größe.mp3\n'
  const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16()
  const utf16 = Buffer.from(text, 'utf16le')
  const cases: Readonly<Record<string, Buffer>> = {
    'utf-8': Buffer.from(text),
    'utf-8 with a mark': Buffer.from(`\uFEFF${text}`),
    'utf-16le with a mark': Buffer.from(`\uFEFF${text}`, 'utf16le'),
    'utf-16be with a mark': swapped(Buffer.from(`\uFEFF${text}`, 'utf16le')),
    'utf-16le': utf16,
    'utf-16be': swapped(utf16),
    'latin-1': Buffer.from(text, 'latin1'),
  }

  for (const [name, bytes] of Object.entries(cases)) assert.equal(playlistText(bytes), text, name)
  assert.equal(playlistText(Buffer.from([0x93, 0x80, 0x94])), '“€”')
  assert.equal(playlistText(new Uint8Array()), '')
})

// --- which song a reference means

const songs = [
  '/music/A/Blue/01 One.mp3',
  '/music/A/Blue/02 Zwei.mp3',
  '/music/B/Blue/01 One.mp3',
  '/music/C/Käse/Größe.mp3'.normalize('NFC'),
  '/music/C/Pate\u0301/Nom.mp3',
  '/music/100% pure.mp3',
  '/music/a#b.mp3',
]
const places = {
  at: (path: string) => {
    const at = songs.indexOf(path)
    return at < 0 ? undefined : at
  },
  all: () => songs.map((path, at) => [path, at] as const),
}

function found(reference: string, folder = '/music/A'): string | undefined {
  const id = songFinder(places)(meaningOf(reference, folder))
  return id === undefined ? undefined : songs[id]
}

test('a reference is found however it is written', () => {
  const cases: readonly (readonly [reference: string, song: number])[] = [
    ['Blue/01 One.mp3', 0],
    ['./Blue/../Blue/01 One.mp3', 0],
    ['Blue\\02 Zwei.mp3', 1],
    ['../B/Blue/01 One.mp3', 2],
    ['blue/01 ONE.MP3', 0],
    ['/music/A/Blue/02 Zwei.mp3', 1],
    ['file:///music/A/Blue/02%20Zwei.mp3', 1],
    ['file://localhost/music/A/Blue/02%20Zwei.mp3', 1],
    ['file:/music/A/Blue/02%20Zwei.mp3', 1],
    ['Blue/02%20Zwei.mp3', 1],
    ['C:\\Users\\me\\Music\\B\\Blue\\01 One.mp3', 2],
    ['c:/old/A/Blue/01 one.mp3', 0],
    ['file:///C:/Music/B/Blue/01%20One.mp3', 2],
    ['\\\\server\\share\\A\\Blue\\02 Zwei.mp3', 1],
    ['file://server/share/A/Blue/02%20Zwei.mp3', 1],
    ['/Volumes/Old/B/Blue/01 One.mp3', 2],
    ['/music/C/Käse/Größe.mp3'.normalize('NFD'), 3],
    ['D:\\C\\Käse\\Größe.mp3'.normalize('NFD'), 3],
    ['/music/C/Paté/Nom.mp3'.normalize('NFC'), 4],
    ['../100% pure.mp3', 5],
    ['../100%25 pure.mp3', 5],
    ['/music/a#b.mp3', 6],
    ['file:///music/a%23b.mp3', 6],
  ]

  for (const [reference, song] of cases) assert.equal(found(reference), songs[song], reference)
})

test('what is no song of the library is not found, wherever it points', () => {
  for (const reference of [
    '/etc/passwd',
    '../../../../etc/passwd',
    'file:///etc/passwd',
    'http://example.com/music/A/Blue/01 One.mp3',
    'mms://music/A/Blue/01 One.mp3',
    '01 One.mp3',
    'D:\\01 One.mp3',
    'D:\\Other\\01 One.mp3',
    'file://%00/x',
    'file:///music/%ff%fe.mp3',
    'a\0b',
    'other.m3u',
    `${'../'.repeat(2000)}music/A/Blue/01 One.mp3`,
    '',
  ])
    assert.equal(found(reference), undefined, reference.slice(0, 50))
})

test('a hundred thousand songs of one name are no trap', () => {
  const alike = Array.from({ length: 100_000 }, (_, index) => [`/m/${index}/CD1/01.mp3`, index] as const)
  const find = songFinder({ at: () => undefined, all: () => alike })

  for (let index = 0; index < 10_000; index += 1) find(meaningOf(`C:\\x\\${index}\\CD1\\01.mp3`, '/m'))
  assert.equal(find(meaningOf('C:\\x\\7\\CD1\\01.mp3', '/m')), 7)
})
