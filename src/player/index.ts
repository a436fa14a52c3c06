export type * from './output.ts'
export type * from './types.ts'
