import type { DmapNode } from '../../protocol/index.ts'
import type { Endpoint, EndpointContext } from '../endpoint.ts'
import { required, wholeNumber } from '../query-parameters.ts'
import { causeOf } from './cause.ts'
import { answerBadQuery, cueAnswer, refusedCue } from './cue-answer.ts'
import { songsOfQuery } from './selection.ts'

type Command = (context: EndpointContext) => Promise<DmapNode>

const commands: Readonly<Record<string, Command>> = {
  play: async (context) => {
    const { query, player, library } = context
    const index = Math.max(0, wholeNumber(query, 'index') ?? 0)
    // Without a query the index is one of the present queue.
    if (!query.has('query')) {
      await player.playAt(index, causeOf(context, 'play'))
      return cueAnswer(player.state)
    }
    const { entries } = songsOfQuery(library.view, selectionOf(context))
    const startIndex = Math.min(index, entries.length - 1)
    await player.playNow(entries, { startIndex, ...shuffleOf(context) }, causeOf(context, 'play'))
    return cueAnswer(player.state)
  },
  add: async (context) => {
    const { entries } = songsOfQuery(context.library.view, selectionOf(context))
    await context.player.add(entries, 'end', causeOf(context, 'add'))
    return cueAnswer(context.player.state)
  },
  clear: async (context) => {
    const { player } = context
    await player.stop(causeOf(context, 'clear'))
    await player.clear('upNext', causeOf(context, 'clear'))
    return cueAnswer()
  },
}

/**
 * Plays what a query finds; the command of remotes from before the queue.
 *
 * Request GET /ctrl-int/1/cue?command=play&query=Q&sort=album&index=N[&dacp.shufflestate=1] | command=add | command=clear
 * Answers `cacr` with the song that plays (`miid`), 0 after clear; status 500 in it for a query or command we do not know.
 * Fails   NOTHING_TO_PLAY when the query finds nothing.
 * Source  docs/protocol/dacp-control.md, section 6.
 */
export const cue: Endpoint = (context) => {
  const command = required(context.query, 'command')
  const run = Object.hasOwn(commands, command) ? commands[command] : undefined
  if (!run) return refusedCue(`cue knows no command "${command.slice(0, 40)}"`)
  return run(context).catch(answerBadQuery)
}

function selectionOf({ query }: EndpointContext) {
  return { query: required(query, 'query'), sort: query.get('sort') }
}

function shuffleOf({ query }: EndpointContext): { isShuffled?: boolean } {
  const state = wholeNumber(query, 'dacp.shufflestate')
  return state === undefined ? {} : { isShuffled: state !== 0 }
}
