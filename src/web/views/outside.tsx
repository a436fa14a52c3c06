// What is seen before one is in.

export { Cannot } from './cannot.tsx'
export { FirstMinute } from './first-minute.tsx'
