// What is seen before one is in.

import '../messages/en-later.ts'

export { Cannot } from './cannot.tsx'
export { FirstMinute } from './first-minute.tsx'
