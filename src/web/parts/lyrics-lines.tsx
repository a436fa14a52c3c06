// Words to sing along: the current line is large, and each line leads to where it is sung.

import { useEffect, useRef, useState } from 'preact/hooks'
import { positionAt } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { currentLine } from '../model/current-line.ts'
import { seek } from '../state/actions.ts'
import type { Lyrics } from '../state/lyrics.ts'

const lookEveryMs = 250

export function LyricsLines({ lyrics }: { lyrics: Lyrics }) {
  const host = useHost()
  const root = useRef<HTMLElement>(null)
  const [now, setNow] = useState(-1)
  const { lines, text } = lyrics
  useEffect(() => {
    const look = () => {
      const status = host.status.peek()
      if (status) setNow(currentLine(lines, positionAt(status, performance.now())))
    }
    look()
    const timer = setInterval(look, lookEveryMs)
    return () => clearInterval(timer)
  }, [lines, host])
  useEffect(() => {
    const line = root.current?.querySelector<HTMLElement>('[aria-current]')
    if (line && root.current) root.current.scrollTop = line.offsetTop - root.current.clientHeight / 3
  }, [now])
  return (
    // A long text scrolls, so it can have the focus.
    <section class="lyrics" ref={root} tabIndex={0} aria-label={t('player.lyrics')} dir="auto">
      {lines.length > 0
        ? lines.map((line, index) => (
            <button
              type="button"
              key={line.atMs}
              class="lyric"
              aria-current={index === now ? 'true' : undefined}
              onClick={() => seek(host, line.atMs)}
            >
              {line.text || '·'}
            </button>
          ))
        : text.split('\n').map((line, index) => <p key={index}>{line || '\u00a0'}</p>)}
    </section>
  )
}
