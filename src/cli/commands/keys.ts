// `tonearm keys`: moves the screen of an Apple TV, and types into it.

import type { Command } from 'commander'
import { KnownError } from '../../errors.ts'
import { type Remote, type ScreenKey, type ScreenPrompt, screenKeys } from '../../remote/node.ts'
import { badUse, doingWithRemote, newCommand } from '../command.ts'
import { jsonLine, remark } from '../terminal/output.ts'
import { printable } from '../terminal/text.ts'

const common = { isData: true, isRemote: true } as const
/** For the keyboard to appear on the screen, ms. */
const promptMs = 5000

export const keysCommand: Command = newCommand({
  name: 'keys',
  says: 'Steer the screen of an Apple TV.',
  example: 'keys down down select',
  ...common,
})

const press = doingWithRemote(
  newCommand({
    name: 'press',
    says: 'Press keys one after the other; topmenu is menu held down, contextmenu is select held down.',
    example: 'keys press menu up select',
    ...common,
  }).argument('<key...>', screenKeys.join(', ')),
  async (remote, { words, options, signal }) => {
    const keys = words.map(keyNamed)
    for (const key of keys) await remote.pressKey(key, { signal })
    if (options.json) jsonLine({ pressed: keys })
  },
)

const type = doingWithRemote(
  newCommand({
    name: 'type',
    says: 'Type into the field on the screen, in place of what stands there.',
    example: 'keys type miles davis',
    ...common,
  }).argument('<text...>', 'what to type'),
  async (remote, { words, options, signal }) => {
    const text = words.join(' ')
    const prompt = await openPrompt(remote, signal)
    remark(`${printable(prompt.title)}: ${printable(text)}`)
    await remote.typeText(prompt, text, { isDone: true, signal })
    if (options.json) jsonLine({ title: prompt.title, typed: text })
  },
)

function keyNamed(word: string | undefined): ScreenKey {
  const key = screenKeys.find((known) => known === word)
  if (!key) throw badUse(`"${word}" is no key; there are ${screenKeys.join(', ')}`)
  return key
}

/** NO_TEXT_FIELD when the screen asks for none. */
async function openPrompt(
  remote: Remote,
  outer: AbortSignal,
): Promise<Extract<ScreenPrompt, { kind: 'text' }>> {
  const patience = AbortSignal.timeout(promptMs)
  try {
    for await (const prompt of remote.screenPrompts({ signal: AbortSignal.any([outer, patience]) }))
      if (prompt.kind === 'text') return prompt
  } catch (error) {
    if (!patience.aborted || outer.aborted) throw error
  }
  throw new KnownError('NO_TEXT_FIELD')
}

keysCommand.addCommand(press, { isDefault: true }).addCommand(type)
