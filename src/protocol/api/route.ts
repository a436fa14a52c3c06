// What a row of the API's table says.

import type { TSchema } from 'typebox'

/** Who may call: anyone; the owner; or 'session', a paired remote's session or the owner. */
export type ApiCaller = 'anyone' | 'owner' | 'session'

export interface ApiRoute {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** `{name}` stands for one segment. */
  readonly path: string
  readonly who: ApiCaller
  readonly purpose: string
  readonly query?: TSchema
  readonly body?: TSchema
  readonly answer: TSchema
}
