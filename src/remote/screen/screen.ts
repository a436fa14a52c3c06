// The screen of an Apple TV: moved by keys and touches, typed into when it asks for text.
//
// Source  docs/protocol/dacp-control.md, section 10: touches as pyatv sends them, prompts as Komodex reads them.

import { KnownError } from '../../errors.ts'
import { child, children, type DmapContainer, type DmapNode, encodeAll } from '../../protocol/index.ts'
import type { CommandListener, CommandOptions } from '../playing/control.ts'
import type { HostSession } from '../talk/session.ts'
import type { ScreenKey, ScreenPrompt, TouchPoint } from './screen-keys.ts'

/** A swipe from one end to the other; the screen takes it for one step. */
const swipes: Readonly<Record<'up' | 'down' | 'left' | 'right', readonly TouchPoint[]>> = {
  up: steps([275, 270, 265, 260, 255, 250, 250], (y) => ({ x: 20, y })),
  down: steps([250, 255, 260, 265, 270, 275, 275], (y) => ({ x: 20, y })),
  left: steps([75, 70, 65, 60, 55, 50, 50], (x) => ({ x, y: 100 }), [0, 1, 3, 4, 5, 6, 7]),
  right: steps([50, 55, 60, 65, 70, 75, 75], (x) => ({ x, y: 100 }), [0, 1, 3, 4, 5, 6, 7]),
}

/** Message types of a prompt. */
const showsKeyboard = '0'
const hidesKeyboard = '2'
const emailKeyboard = '7'
/** The first prompt is asked for by this number, each next one by the number of the last. */
const firstPrompt = 1

export function steeringScreen(session: HostSession, afterCommand: CommandListener) {
  async function enter(nodes: readonly DmapNode[], { signal }: CommandOptions = {}): Promise<void> {
    checkScreen(session)
    await session.command('controlpromptentry', [['prompt-id', '0']], {
      signal,
      method: 'POST',
      // It says a form and sends DMAP: as Apple's Remote does, and nothing else is understood.
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: encodeAll(nodes),
    })
    afterCommand()
  }
  const button = (event: string, options?: CommandOptions) =>
    enter(
      [
        ['cmcc', '0'],
        ['cmbe', event],
      ],
      options,
    )

  /** From the first point, where the finger comes down, to the last, where it is lifted. BAD_REQUEST below two. */
  async function touch(points: readonly TouchPoint[], options?: CommandOptions): Promise<void> {
    if (points.length < 2) throw new KnownError('BAD_REQUEST', { problem: 'a touch has two ends' })
    for (const [index, { x, y, time }] of points.entries()) {
      const phase = index === 0 ? 'touchDown' : index === points.length - 1 ? 'touchUp' : 'touchMove'
      await button(`${phase}&time=${time}&point=${x},${y}`, options)
    }
  }

  return {
    /** HOST_REFUSED where there is no screen. */
    pressKey: (key: ScreenKey, options?: CommandOptions): Promise<void> =>
      key in swipes ? touch(swipes[key as keyof typeof swipes], options) : button(key, options),
    touch,
    /** Replaces the text of a prompt; `isDone` closes the keyboard with it. */
    typeText: (
      { id }: { readonly id: string },
      text: string,
      { isDone = false, ...options }: CommandOptions & { readonly isDone?: boolean } = {},
    ): Promise<void> =>
      enter(
        [
          ['cmcc', id],
          ['cmbe', isDone ? 'PromptDone' : 'PromptUpdate'],
          ['cmte', text],
        ],
        options,
      ),
    /** What the screen asks for, from now on: first what it asks for already. Ends by its signal. */
    async *screenPrompts({ signal }: CommandOptions = {}): AsyncGenerator<ScreenPrompt> {
      checkScreen(session)
      for (let promptId = firstPrompt; ; ) {
        const query = [['prompt-id', String(promptId)]] as const
        const options = { signal, timeoutMs: Number.POSITIVE_INFINITY }
        const tree = await session.tree('controlpromptupdate', 'cmcp', {}, query, options)
        promptId = child(tree, 'miid') ?? promptId
        const prompt = promptOf(tree)
        if (prompt) yield prompt
      }
    },
  }
}

function checkScreen({ facts }: HostSession): void {
  if (!facts.quirks.hasScreen)
    throw new KnownError('HOST_REFUSED', { host: facts.name, problem: 'it has no screen to steer' })
}

/** Undefined for what is no prompt: a trackpad's port. */
function promptOf(tree: DmapContainer): ScreenPrompt | undefined {
  const values = new Map(
    children(tree, 'mdcl').map((entry) => [child(entry, 'cmce') ?? '', child(entry, 'cmcv') ?? '']),
  )
  const value = (name: string) => values.get(`kKeybMsgKey_${name}`) ?? ''
  const type = value('MessageType')
  if (type === hidesKeyboard) return { kind: 'none' }
  if (type !== showsKeyboard) return undefined
  return {
    kind: 'text',
    id: value('SessionID'),
    title: value('Title'),
    detail: value('SubText'),
    text: value('String'),
    isEmail: value('KeyboardType') === emailKeyboard,
  }
}

function steps(
  places: readonly number[],
  pointAt: (place: number) => { x: number; y: number },
  times: readonly number[] = places.map((_, index) => index),
): TouchPoint[] {
  return places.map((place, index) => ({ ...pointAt(place), time: times[index] ?? index }))
}
