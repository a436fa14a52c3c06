import type { DmapNode } from '../../protocol/index.ts'
import type { Endpoint, EndpointContext } from '../endpoint.ts'
import { required, wholeNumber } from '../http/query-parameters.ts'
import { causeOf } from './cause.ts'
import { answerBadQuery, cueAnswer, refusedCue } from './cue-answer.ts'
import { checkDatabase } from './database-spec.ts'
import { named, shuffleOf } from './play-options.ts'
import { songsOfQuery } from './selection.ts'

type Command = (context: EndpointContext) => Promise<DmapNode>

const commands: Readonly<Record<string, Command>> = {
  play: async (context) => {
    const { query, player, library } = context
    const index = wholeNumber(query, 'index')
    // Without a query the index is one of the present queue.
    if (!query.has('query')) {
      await player.playAt(Math.max(0, index ?? 0), causeOf(context, 'play'))
      return cueAnswer(player.state)
    }
    const { entries, contextName } = songsOfQuery(library.view, selectionOf(context))
    const startIndex = index === undefined ? {} : { startIndex: clipped(index, entries.length) }
    const isInPlaceOfAll = wholeNumber(query, 'clear-first') === 1
    const options = { ...startIndex, ...shuffleOf(query), ...named(contextName), isInPlaceOfAll }
    await player.playNow(entries, options, causeOf(context, 'play'))
    return cueAnswer(player.state)
  },
  add: async (context) => {
    const { entries } = songsOfQuery(context.library.view, selectionOf(context))
    await context.player.add(entries, 'end', causeOf(context, 'add'))
    return cueAnswer(context.player.state)
  },
  clear: async (context) => {
    await context.player.clear('all', causeOf(context, 'clear'))
    return cueAnswer()
  },
}

/**
 * Plays what a query finds; the command of remotes from before the queue.
 *
 * Request GET /ctrl-int/1/cue?command=play[&query=Q&sort=album][&index=N][&clear-first=1][&dacp.shufflestate=1]
 *         | command=add&query=Q | command=clear
 * Answers `cacr` with the song that plays (`miid`), 0 after clear; status 500 in it for a query or command we do not know.
 * Fails   NOTHING_TO_PLAY when the query finds nothing, NOT_FOUND for another library or, without a query, an index that
 *         the queue has not. With a query an index beyond the last song is the last.
 * Source  docs/protocol/dacp-control.md, section 6.
 */
export const cue: Endpoint = (context) => {
  const command = required(context.query, 'command')
  const run = Object.hasOwn(commands, command) ? commands[command] : undefined
  if (!run) return refusedCue(`cue knows no command "${command.slice(0, 40)}"`)
  return run(context).catch(answerBadQuery)
}

function selectionOf(context: EndpointContext) {
  checkDatabase(context)
  return { query: required(context.query, 'query'), sort: context.query.get('sort') }
}

function clipped(index: number, count: number): number {
  return Math.min(Math.max(0, index), count - 1)
}
