// Turns a recorded terminal session into an SVG, for the README. Lines that start with "$ " are what a person typed.

import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs, stripVTControlCharacters } from 'node:util'

const usage = `Usage: node scripts/terminal-picture.ts SESSION.txt PICTURE.svg [--title TEXT]

Draws the text of a terminal session. Lines that start with "$ " are shown as typed; a line "#| TEXT"
starts a pane of its own under that title, for sessions on two machines.

Example: node scripts/terminal-picture.ts docs/pictures/first-song.txt docs/pictures/first-song.svg`

const colours = {
  back: '#10151b',
  bar: '#1c242c',
  text: '#dfe5e8',
  dim: '#8d9aa3',
  typed: '#f4b942',
  prompt: '#e4572e',
}
const charWidth = 8.43
const lineHeight = 21
const edge = 22
const barHeight = 34

interface Pane {
  readonly title: string
  readonly lines: string[]
}

const { values, positionals } = parseArgs({
  options: { title: { type: 'string', default: 'tonearm' }, help: { type: 'boolean' } },
  allowPositionals: true,
})
const [sessionPath, picturePath] = positionals
if (values.help || sessionPath === undefined || picturePath === undefined) {
  console.log(usage)
  process.exit(values.help ? 0 : 2)
}
writeFileSync(picturePath, draw(panesOf(readFileSync(sessionPath, 'utf8'), values.title)))

function panesOf(session: string, title: string): Pane[] {
  const panes: Pane[] = []
  for (const line of stripVTControlCharacters(session).trimEnd().split('\n')) {
    if (line.startsWith('#| ')) panes.push({ title: line.slice(3), lines: [] })
    else {
      if (panes.length === 0) panes.push({ title, lines: [] })
      panes.at(-1)?.lines.push(line.trimEnd())
    }
  }
  return panes
}

function draw(panes: readonly Pane[]): string {
  const longest = Math.max(...panes.flatMap(({ lines }) => lines.map((line) => line.length)), 40)
  const width = Math.ceil(longest * charWidth + 2 * edge)
  let y = 0
  const parts = panes.map((pane) => {
    const height = barHeight + pane.lines.length * lineHeight + 2 * edge - 8
    const drawn = `<g transform="translate(0 ${y})">${drawPane(pane, width, height)}</g>`
    y += height + 16
    return drawn
  })
  const height = y - 16
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="A terminal session with tonearm">
<style>text{font:14px/1 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:${colours.text};white-space:pre}.dim{fill:${colours.dim}}.typed{fill:${colours.typed}}.prompt{fill:${colours.prompt}}</style>
${parts.join('\n')}
</svg>
`
}

function drawPane({ title, lines }: Pane, width: number, height: number): string {
  const dots = ['#e4572e', '#f4b942', '#2c7a76'].map(
    (fill, index) => `<circle cx="${edge + index * 19}" cy="${barHeight / 2}" r="5.5" fill="${fill}"/>`,
  )
  const texts = lines.map((line, index) => {
    const y = barHeight + edge + 6 + index * lineHeight
    if (!line.startsWith('$ ')) return `<text x="${edge}" y="${y}">${escaped(line)}</text>`
    return `<text x="${edge}" y="${y}"><tspan class="prompt">$\u00a0</tspan><tspan class="typed">${escaped(line.slice(2))}</tspan></text>`
  })
  return `<rect width="${width}" height="${height}" rx="10" fill="${colours.back}"/>
<path d="M0 ${barHeight}V10a10 10 0 0 1 10-10H${width - 10}a10 10 0 0 1 10 10V${barHeight}Z" fill="${colours.bar}"/>
${dots.join('')}<text class="dim" x="${width / 2}" y="${barHeight / 2 + 5}" text-anchor="middle">${escaped(title)}</text>
${texts.join('\n')}`
}

function escaped(text: string): string {
  // Not every viewer keeps spaces as they are, so they are made to stay.
  return text
    .replaceAll(' ', '\u00a0')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
