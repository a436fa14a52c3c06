import { KnownError } from '../../errors.ts'
import type { Answer, Endpoint, EndpointContext } from '../endpoint.ts'
import { required, wholeNumber } from '../http/query-parameters.ts'
import { causeOf } from './cause.ts'
import { answerBadQuery, cueAnswer, refusedCue } from './cue-answer.ts'
import { checkDatabase } from './database-spec.ts'
import { named, startingAt } from './play-options.ts'
import { queueToPlay, type SelectionRequest, songsOfQuery } from './selection.ts'

type Command = (context: EndpointContext) => Promise<Answer>

/** What `mode` means with command=add. */
const modes: Readonly<Record<number, 'end' | 'next' | 'replace' | 'shuffle'>> = {
  0: 'end',
  1: 'replace',
  2: 'shuffle',
  3: 'next',
  5: 'end', // Retune
}
/** "hist" as a number, the mode of command=clear that means the songs played. */
const history = 0x68697374
/** Entries removed at once, and moved. */
const mostRemoved = 10_000
const mostMoved = 1000

const commands: Readonly<Record<string, Command>> = { add, playnow, move, remove, clear }

/**
 * Changes the queue. Source: docs/protocol/dacp-control.md, sections 6 and 7.
 *
 * Request GET /ctrl-int/1/playqueue-edit?command=add&query=Q[&queuefilter=F][&sort=S][&mode=0|1|2|3|5][&query-modifier=containers][&clear-previous=1][&srcdatabase=0x…]
 *         | command=playnow&index=N[&mode=-1|1] | command=move&edit-params='edit-param.move-pair:A,B'[,'edit-param.move-pair:C,D' …]
 *         | command=remove&items=N,M | command=clear[&mode=0x68697374]
 * Answers 204; `cacr` for playnow and clear; status 500 in `cacr` for a query, command or mode we do not know.
 * Fails   NOTHING_TO_PLAY when the query finds nothing; NOT_FOUND for an entry or a library that is not there;
 *         BAD_REQUEST for entries that are no numbers and pairs that are none.
 */
export const playqueueEdit: Endpoint = async (context) => {
  const command = required(context.query, 'command')
  const run = Object.hasOwn(commands, command) ? commands[command] : undefined
  if (!run) return refusedCue(`playqueue-edit knows no command "${command.slice(0, 40)}"`)
  return await run(context)
}

async function add(context: EndpointContext): Promise<Answer> {
  const { query, player, library } = context
  const mode = wholeNumber(query, 'mode') ?? 1
  const place = modes[mode]
  if (place === undefined) return refusedCue(`playqueue-edit adds in no mode ${mode}`)
  checkDatabase(context)
  const request: SelectionRequest = {
    query: required(query, 'query'),
    queueFilter: query.get('queuefilter'),
    sort: query.get('sort'),
    isOfContainers: query.get('query-modifier') === 'containers',
  }
  try {
    if (place === 'end' || place === 'next') {
      // Retune sends a queuefilter with these too; it would add the whole album.
      const { entries } = songsOfQuery(library.view, request)
      await player.add(entries, place, causeOf(context, place === 'next' ? 'play next' : 'add'))
    } else {
      const { entries, startIndex, contextName } = queueToPlay(library.view, request)
      const shuffle = place === 'shuffle' ? { isShuffled: true } : {}
      const isInPlaceOfAll = wholeNumber(query, 'clear-previous') === 1
      const options = { ...startingAt(startIndex), ...named(contextName), ...shuffle, isInPlaceOfAll }
      await player.playNow(entries, options, causeOf(context, 'play'))
    }
  } catch (error) {
    return answerBadQuery(error)
  }
  return 'no content'
}

/** `index` counts from the song that plays; with mode 1 or -1, backwards into the songs played. */
async function playnow(context: EndpointContext): Promise<Answer> {
  const { query, player } = context
  const index = wholeNumber(query, 'index')
  if (index === undefined) throw new KnownError('BAD_REQUEST', { missing: 'index' })
  const isOfHistory = Math.abs(wholeNumber(query, 'mode') ?? 0) === 1
  await player.playAt(isOfHistory ? -Math.abs(index) : index, causeOf(context, 'play'))
  return cueAnswer(player.state)
}

/** Pairs A,B: entry A comes right after entry B (0: right after what plays). Several are done one after the other. */
async function move(context: EndpointContext): Promise<Answer> {
  const text = required(context.query, 'edit-params').replaceAll("'", '')
  const pairs = text.split(/,?edit-param\.move-pair:/).slice(1)
  const moves = pairs.map((pair) => /^(\d{1,9}),(\d{1,9})$/.exec(pair)?.slice(1).map(Number) ?? [])
  const areRead = moves.length > 0 && moves.length <= mostMoved && moves.every(({ length }) => length === 2)
  if (!areRead) throw new KnownError('BAD_REQUEST', { parameter: 'edit-params' })
  await context.player.moveAll(moves as [number, number][], causeOf(context, 'move'))
  return 'no content'
}

async function remove(context: EndpointContext): Promise<Answer> {
  const offsets = required(context.query, 'items')
    .split(',', mostRemoved)
    .map((text) => (text === '' ? Number.NaN : Number(text)))
  if (offsets.some((offset) => !Number.isInteger(offset)))
    throw new KnownError('BAD_REQUEST', { parameter: 'items' })
  await context.player.remove(offsets, causeOf(context, 'remove'))
  return 'no content'
}

async function clear(context: EndpointContext): Promise<Answer> {
  const what = wholeNumber(context.query, 'mode') === history ? 'history' : 'upNext'
  await context.player.clear(what, causeOf(context, 'clear'))
  return cueAnswer()
}
