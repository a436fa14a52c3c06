// What `npm run prove` runs.

export interface Proof {
  /** One sentence: what is shown. */
  readonly claim: string
  run(say: (progress: string) => void): Promise<Finding>
}

export interface Finding {
  readonly holds: boolean
  /** Lines of Markdown, the numbers in them. */
  readonly findings: readonly string[]
}
