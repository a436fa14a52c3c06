// One WebSocket for all tabs of a browser: what the host says goes to each of them. This runs in the worker that they share.

import type { Clock } from '../../clock.ts'

/** What a tab says: first which line it wants, with an address that leads there; then that it is awake; in the end that it hangs up. */
export type TabSays = { readonly line: string; readonly url: string } | 'here' | 'hang up'
/** What it is told: a message of the host, that the line is no more, or to say that it is awake. */
export type LineSays = { readonly text: string } | 'ended' | 'there?'

/** `protocol/api.ts`, watchAgain. */
const again = 'again'
/** A tab that was closed says nothing in some browsers; one that sleeps reads nothing, and what it is told piles up. */
const askEveryMs = 60_000

/** Takes the port of each tab. */
export function sharedLines(clock: Clock): (port: MessagePort) => void {
  const lines = new Map<string, Line>()

  function lineOf(name: string, url: string): Line {
    const known = lines.get(name)
    if (known) return known
    const made = new Line(url, () => lines.delete(name))
    lines.set(name, made)
    return made
  }

  async function askTabs(): Promise<never> {
    for (;;) {
      await clock.until(clock.nowMs() + askEveryMs)
      for (const line of lines.values()) line.askTabs()
    }
  }
  void askTabs()

  return (port) => {
    let line: Line | undefined
    port.addEventListener('message', ({ data }: MessageEvent<TabSays>) => {
      if (data === 'here') line?.isHere(port)
      else if (data === 'hang up') line?.hangUp(port)
      else {
        line = lineOf(data.line, data.url)
        line.join(port)
      }
    })
    port.addEventListener('close', () => line?.leave(port))
    port.start()
  }
}

class Line {
  readonly #socket: WebSocket
  readonly #onEnd: () => void
  /** Whether each has answered since it was asked. */
  readonly #tabs = new Map<MessagePort, boolean>()
  #hasEnded = false

  constructor(url: string, onEnd: () => void) {
    this.#onEnd = onEnd
    this.#socket = new WebSocket(url)
    this.#socket.addEventListener('message', ({ data }) => this.#tell({ text: String(data) }))
    this.#socket.addEventListener('error', () => this.end())
    this.#socket.addEventListener('close', () => this.end())
  }

  join(port: MessagePort): void {
    this.#tabs.set(port, true)
    // What a line begins with was said before this one came.
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(again)
  }

  leave(port: MessagePort): void {
    this.#tabs.delete(port)
    if (this.#tabs.size === 0) this.end()
  }

  isHere(port: MessagePort): void {
    if (this.#tabs.has(port)) this.#tabs.set(port, true)
  }

  askTabs(): void {
    for (const [port, hasAnswered] of this.#tabs) {
      if (hasAnswered) this.#tabs.set(port, false)
      port.postMessage((hasAnswered ? 'there?' : 'ended') satisfies LineSays)
      if (!hasAnswered) this.leave(port) // once it is awake it reads that, and comes back
    }
  }

  /** For all of them: who hangs up has found it dead, or its key good no more. The first to come back has it opened anew. */
  hangUp(port: MessagePort): void {
    if (this.#tabs.has(port)) this.end()
  }

  end(): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#onEnd()
    this.#tell('ended')
    this.#tabs.clear()
    this.#socket.close()
  }

  #tell(said: LineSays): void {
    for (const port of this.#tabs.keys()) port.postMessage(said)
  }
}
