/** The address of a thread's code beside the asking file: TypeScript in a checkout, JavaScript once published. */
export function workerFile(name: string, besideUrl: string): URL {
  return new URL(`./${name}.${besideUrl.endsWith('.ts') ? 'ts' : 'js'}`, besideUrl)
}
