// Genius: a song and others like it. The likeness is the library's (library/similar), the commands are Apple's.

import { KnownError } from '../../errors.ts'
import type { Library, LibraryView, Song } from '../../library/index.ts'
import type { Endpoint, EndpointContext } from '../endpoint.ts'
import { causeOf } from './cause.ts'
import { checkDatabase } from './database-spec.ts'
import { geniusShuffleName } from './genius-name.ts'
import { songOf } from './song-spec.ts'

/** As long as iTunes makes such a list, the seed included. */
const geniusLength = 25

/**
 * Plays songs like one song. The seed comes first; when it plays already, it plays on.
 *
 * Request GET /ctrl-int/1/set-genius-seed?database-spec='dmap.persistentid:0x…'&item-spec='dmap.itemid:0x…'; without
 *         item-spec the song that plays is the seed
 * Answers 204.
 * Fails   NOT_FOUND for a song that is not there, NOTHING_SIMILAR when nothing is like it.
 * Source  docs/protocol/dacp-control.md, section 2.
 */
export const setGeniusSeed: Endpoint = async (context) => {
  const { library, player, query } = context
  checkDatabase(context)
  const seed = songOf(library.view, query, player.state.song)
  const isPlaying = player.state.state !== 'stopped' && player.state.song?.id === seed.id
  await playLike(context, seed, `Genius: ${seed.title}`, isPlaying ? player.positionMs() : 0)
  return 'no content' as const
}

/**
 * Plays songs like one that chance and taste choose.
 *
 * Request GET /ctrl-int/1/genius-shuffle (its span, a literal "$Q" in the field, says nothing)
 * Answers 204.
 * Fails   NOTHING_SIMILAR in a library whose songs share nothing.
 * Source  docs/protocol/dacp-control.md, section 2.
 */
export const geniusShuffle: Endpoint = async (context) => {
  await playLike(context, chosenSeed(context.library), geniusShuffleName, 0)
  return 'no content' as const
}

async function playLike(
  context: EndpointContext,
  seed: Song,
  contextName: string,
  positionMs: number,
): Promise<void> {
  const { library, player } = context
  const others = library.similarTo(seed.id, geniusLength - 1)
  if (others.length === 0) throw new KnownError('NOTHING_SIMILAR', { reason: `“${seed.title}”` })
  const entries = [seed, ...others].map(({ id }) => ({ songId: id }))
  const options = { startIndex: 0, isShuffled: false, positionMs, contextName }
  await player.playNow(entries, options, causeOf(context, contextName))
}

/** Songs drawn at once, of which the one liked best is taken; and how often, before it is given up. */
const drawn = 4
const mostDraws = 25

function chosenSeed(library: Library): Song {
  const { view } = library
  for (let draw = 0; draw < mostDraws; draw += 1) {
    const seeds = drawnFrom(view)
      .filter(({ id, likedState }) => likedState !== 3 && library.hasSimilar(id))
      .toSorted((one, other) => tasteFor(other) - tasteFor(one))
    if (seeds[0]) return seeds[0]
  }
  throw new KnownError('NOTHING_SIMILAR')
}

function drawnFrom(view: LibraryView): Song[] {
  const music = view.songs({ filter: { number: 'mediaKind', equals: 1n } })
  return Array.from({ length: drawn }, () => Math.floor(Math.random() * music.length)).flatMap((at) =>
    music.slice(at, at + 1),
  )
}

function tasteFor({ ratingPercent, likedState, playCount, skipCount }: Song): number {
  return ratingPercent + (likedState === 2 ? 100 : 0) + Math.min(playCount, 20) - Math.min(skipCount, 20)
}
