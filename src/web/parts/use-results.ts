// What the words in the search field find.

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { HostModel } from '../state/host.ts'
import { emptyResults, findAll, type Results, readRest } from '../state/search.ts'

/** Nobody types on after that. */
const restAfterMs = 250

/**
 * `ask` looks for a text at once, before the letter itself is drawn: the answer may be there with the next frame. What is
 * in the field and was not asked so, and what was typed while the host was away, is looked for by itself.
 */
export function useResults(host: HostModel, text: string, onFound: () => void) {
  const [results, setResults] = useState<Results>(emptyResults)
  const isHere = host.link.value.state === 'here'
  const asked = useRef<{ text: string; isHere: boolean; host: HostModel; ending: AbortController }>(undefined)

  const ask = (wanted: string) => {
    asked.current?.ending.abort()
    const ending = new AbortController()
    asked.current = { text: wanted, isHere, host, ending }
    findAll(host, wanted, ending.signal).then(
      (found) => {
        if (ending.signal.aborted) return
        setResults(found)
        onFound()
      },
      () => {}, // a newer one is under way, or the host is away and the banner says so
    )
  }

  useLayoutEffect(() => {
    const { current } = asked
    if (current?.text !== text || current.isHere !== isHere || current.host !== host) ask(text)
  }, [text, isHere, host])
  useLayoutEffect(() => () => asked.current?.ending.abort(), [])
  useEffect(() => {
    const ending = new AbortController()
    const timer = setTimeout(() => {
      readRest(host, results, ending.signal)?.then(
        (whole) => !ending.signal.aborted && setResults(whole),
        () => {}, // as above
      )
    }, restAfterMs)
    return () => {
      clearTimeout(timer)
      ending.abort()
    }
  }, [host, results])

  return { results, ask }
}
