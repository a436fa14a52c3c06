// What can be done with a queue, as one: `import * as queues`.

export * from './choosing.ts'
export * from './editing.ts'
export * from './queue.ts'
export { setShuffle } from './shuffle.ts'
