import type { EndpointContext } from '../endpoint.ts'

/** Who did what, as `watch` shows it: "kitchen phone: pause". */
export function causeOf({ session }: EndpointContext, what: string): string {
  return `${session?.name ?? 'speaker'}: ${what}`
}
