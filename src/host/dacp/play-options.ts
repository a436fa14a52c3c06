// What several commands that start to play say alike.

import type { PlayNowOptions } from '../../player/index.ts'
import type { QueryParameters } from '../endpoint.ts'
import { wholeNumber } from '../http/query-parameters.ts'

/** `dacp.shufflestate`; without it shuffle stays as it is. */
export function shuffleOf(query: QueryParameters): Pick<PlayNowOptions, 'isShuffled'> {
  const state = wholeNumber(query, 'dacp.shufflestate')
  return state === undefined ? {} : { isShuffled: state !== 0 }
}

export function named(contextName: string | undefined): Pick<PlayNowOptions, 'contextName'> {
  return contextName === undefined ? {} : { contextName }
}

export function startingAt(startIndex: number | undefined): Pick<PlayNowOptions, 'startIndex'> {
  return startIndex === undefined ? {} : { startIndex }
}
