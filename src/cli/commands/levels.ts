// Commands that set one thing: seek, volume, shuffle, repeat, ReplayGain. Without a word they show it.

import { positionAt, type Remote, type RepeatMode, replayGainModes } from '../../remote/node.ts'
import { badUse, doingWithRemote, newCommand, type Work } from '../command.ts'
import { jsonLine, line } from '../terminal/output.ts'
import { parseTime } from '../terminal/text.ts'
import { showStatus, volumeText } from './status.ts'

export const seekCommand = doingWithRemote(
  newCommand({
    name: 'seek',
    says: 'Go to a place in the song, or some seconds on or back.',
    example: 'seek +10',
    isData: true,
    isRemote: true,
  })
    .argument('<place>', '1:23 from the start, +10 or -10 seconds from here')
    .allowUnknownOption(), // "-1:10" is no option
  async (remote, { words: [place = ''], options, signal }) => {
    const sign = /^[+-]/.exec(place)?.[0]
    const ms = parseTime(place.replace(/^[+-]/, ''))
    if (ms === undefined) throw badUse(`"${place}" is no place in a song; 1:23, 83, +10 and -10 are`)
    const status = await remote.status({ signal })
    const hereMs = positionAt(status, performance.now())
    const wantedMs = sign === '+' ? hereMs + ms : sign === '-' ? hereMs - ms : ms
    const lastMs = status.durationMs > 0 ? status.durationMs : wantedMs
    await remote.seek(Math.min(lastMs, Math.max(0, wantedMs)), { signal })
    await showStatus(remote, options)
  },
)

const steps: Readonly<Record<string, 'louder' | 'quieter' | 'toggleMute'>> = {
  up: 'louder',
  down: 'quieter',
  mute: 'toggleMute',
}

export const volumeCommand = doingWithRemote(
  newCommand({
    name: 'volume',
    says: 'Show or set the volume.',
    example: 'volume 40',
    isData: true,
    isRemote: true,
  }).argument('[percent]', '0 to 100, +10 or -10; up, down, or mute (and back)'),
  async (remote, { words: [text], options, signal }) => {
    if (text === undefined) {
      const status = await remote.status({ signal })
      if (!options.json) return line(volumeText(status))
      return jsonLine({ volumePercent: status.volumePercent, muted: status.own?.isMuted ?? null })
    }
    const step = Object.hasOwn(steps, text) ? steps[text] : undefined
    if (step) {
      await remote[step]({ signal })
      return showStatus(remote, options)
    }
    const match = /^([+-]?)(\d{1,3})\s*%?$/.exec(text)
    if (!match) throw badUse(`"${text}" is no volume; 40, +10, -10, up, down and mute are`)
    const amount = Number(match[2])
    const isRelative = match[1] !== ''
    if (!isRelative && amount > 100) throw badUse('the volume goes from 0 to 100')
    const here = isRelative ? await loudness(remote, signal) : 0
    const wanted = match[1] === '-' ? here - amount : here + amount
    await remote.setVolume(Math.min(100, Math.max(0, wanted)), { signal })
    await showStatus(remote, options)
  },
)

/** To count from: a step ends a mute, and begins where it was before. */
async function loudness(remote: Remote, signal: AbortSignal): Promise<number> {
  const { own } = await remote.status({ signal })
  if (own?.isMuted) await remote.toggleMute({ signal })
  return remote.volume({ signal })
}

export const shuffleCommand = doingWithRemote(
  newCommand({
    name: 'shuffle',
    says: 'Show or set shuffle.',
    example: 'shuffle on',
    isData: true,
    isRemote: true,
  }).argument('[state]', 'on, off or toggle'),
  async (remote, given) => {
    const [state] = given.words
    const { signal } = given
    if (state === undefined) return show(given, 'shuffle', (await remote.status({ signal })).isShuffled)
    if (state !== 'on' && state !== 'off' && state !== 'toggle') throw badUse('shuffle is on, off or toggle')
    if (state === 'toggle') await remote.toggleShuffle({ signal })
    else await remote.setShuffle(state === 'on', { signal })
    await showStatus(remote, given.options)
  },
)

/** As people say it. */
const repeatWords: Readonly<Record<string, RepeatMode>> = {
  off: 'off',
  song: 'song',
  one: 'song',
  all: 'all',
  on: 'all',
}

export const repeatCommand = doingWithRemote(
  newCommand({
    name: 'repeat',
    says: 'Show or set repeat.',
    example: 'repeat all',
    isData: true,
    isRemote: true,
  }).argument('[mode]', 'off, song or all'),
  async (remote: Remote, given) => {
    const [mode] = given.words
    if (mode === undefined)
      return show(given, 'repeat', (await remote.status({ signal: given.signal })).repeat)
    const wanted = Object.hasOwn(repeatWords, mode) ? repeatWords[mode] : undefined
    if (wanted === undefined) throw badUse('repeat is off, song or all')
    await remote.setRepeat(wanted, { signal: given.signal })
    await showStatus(remote, given.options)
  },
)

export const replayGainCommand = doingWithRemote(
  newCommand({
    name: 'replaygain',
    says: 'Show or set how songs are made equally loud.',
    example: 'replaygain album',
    isData: true,
    isRemote: true,
  }).argument('[mode]', 'off, track (each song) or album (each album as a whole)'),
  async (remote, given) => {
    const [mode] = given.words
    const { signal } = given
    if (mode !== undefined) {
      const wanted = replayGainModes.find((known) => known === mode)
      if (wanted === undefined) throw badUse('replaygain is off, track or album')
      await remote.setReplayGain(wanted, { signal })
    }
    show(given, 'replayGain', (await remote.status({ signal })).own?.replayGain ?? 'off')
  },
)

function show({ options }: Work, name: string, value: string | boolean): void {
  if (options.json) jsonLine({ [name]: value })
  else line(typeof value === 'string' ? value : value ? 'on' : 'off')
}
