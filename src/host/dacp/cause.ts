import type { EndpointContext } from '../endpoint.ts'

/** Who did what, as `watch` shows it: "kitchen phone: pause", "Kitchen (speaker): louder". */
export function causeOf({ session, speaker, player }: EndpointContext, what: string): string {
  const output = player.state.outputs.find(({ id }) => id === speaker?.outputId)
  return `${session?.name ?? `${output?.name ?? 'a'} (speaker)`}: ${what}`
}
