import type { Endpoint } from './endpoint.ts'

/** Keeps the session alive, which looking it up has done already. Answers 204. */
export const activity: Endpoint = () => 'no content'
