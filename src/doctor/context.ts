// What the checks share: whom it is about, and the evidence, each piece gathered once and only when a check asks for it.

import type { Clock } from '../clock.ts'
import { type Link, systemLinks } from '../discovery/index.ts'
import type { HostAddress } from '../remote/node.ts'
import { type Certificate, shownCertificate } from './gather/certificate.ts'
import { type FirewallRules, firewallRules } from './gather/firewall-rules.ts'
import { type HostAnswer, hostAnswer } from './gather/host-answer.ts'
import { type SystemInterface, systemInterfaces } from './gather/interfaces.ts'
import { type Login, tryLogin } from './gather/login.ts'
import { answersWhenAskedAlone, type Heard, listen } from './gather/multicast.ts'
import { type Reach, reach } from './gather/reach.ts'
import { signsOfLife } from './gather/signs-of-life.ts'
import { instancesOf, isOnAnyLink, type Service } from './heard-services.ts'
import type { Patient } from './patient.ts'

export interface Context {
  readonly patient: Patient | undefined
  readonly clock: Clock
  readonly links: readonly Link[]
  interfaces(): readonly SystemInterface[]
  /** What multicast DNS says, asked in every way there is. */
  heard(): Promise<Heard>
  /** The patient's own announcements, as they were heard; one for each machine that sends them. */
  announced(): Promise<readonly Service[]>
  /** Every place where the patient may be, tried; what is announced comes first. */
  places(): Promise<readonly Reach[]>
  /** The first place that is open, else the first. */
  place(): Promise<Reach | undefined>
  /** What a library says there; undefined when nothing is open. */
  answer(): Promise<HostAnswer | undefined>
  /** Asked alone, straight at its address, the patient's machine speaks multicast DNS. */
  speaksAlone(): Promise<boolean>
  /** What shows that the patient's machine is awake. */
  life(): Promise<readonly string[]>
  firewall(): Promise<FirewallRules>
  login(): Promise<Login | undefined>
  certificate(): Promise<Certificate | undefined>
}

export interface ContextParts {
  readonly patient: Patient | undefined
  readonly clock: Clock
  readonly signal: AbortSignal
}

export function createContext({ patient, clock, signal }: ContextParts): Context {
  const links = systemLinks()
  const startMs = clock.nowMs()
  const context: Context = {
    patient,
    clock,
    links,
    interfaces: once(() => systemInterfaces(links)),
    heard: once(() => listen({ links, clock, signal, isEnough: isHeardIn(patient) })),
    announced: once(async () => instancesOf((await context.heard()).services, patient)),
    places: once(async () => {
      const places = placesOf(await context.announced(), patient)
      return Promise.all(places.map((place) => reach(place, signal)))
    }),
    place: once(async () => {
      const places = await context.places()
      return places.find(({ result }) => result === 'open') ?? places[0]
    }),
    answer: once(async () => {
      const place = await context.place()
      return place?.result === 'open' ? hostAnswer(place.address, clock, signal) : undefined
    }),
    speaksAlone: once(async () => {
      const place = await context.place()
      return place ? answersWhenAskedAlone(place.address.host, clock) : false
    }),
    life: once(async () => {
      const place = await context.place()
      return place && isOnAnyLink(links, place.address.host)
        ? signsOfLife(place.address.host, (await context.heard()).senders, (clock.nowMs() - startMs) / 1000)
        : []
    }),
    firewall: once(() => firewallRules()),
    login: once(async () => {
      const place = await context.place()
      const guid = patient?.known?.guid
      return place && guid !== undefined ? tryLogin(place.address, guid, signal) : undefined
    }),
    certificate: once(() => shownCertificate(patient?.outside)),
  }
  return context
}

/** Most people have one library; few have more than some addresses. */
const mostPlaces = 8

/** Announced ones first, IPv4 before IPv6, each once. */
function placesOf(announced: readonly Service[], patient: Patient | undefined): HostAddress[] {
  const told = announced
    .flatMap(({ addresses, port }) => addresses.map((host) => ({ host, port })))
    .toSorted((a, b) => Number(a.host.includes(':')) - Number(b.host.includes(':')))
  const all = [...(patient?.isOwn && patient.address ? [patient.address] : []), ...told]
  if (patient?.address && !patient.address.isSecure) all.push(patient.address)
  const distinct = new Map(all.map((place) => [`${place.host} ${place.port}`, place]))
  return [...distinct.values()].slice(0, mostPlaces)
}

function isHeardIn(patient: Patient | undefined) {
  return ({ services }: Pick<Heard, 'services'>): boolean =>
    patient !== undefined &&
    instancesOf(services, patient).some(({ ways }) => ways.has('multicast') && ways.has('unicast'))
}

function once<Result>(gather: () => Result): () => Result {
  let kept: { readonly result: Result } | undefined
  return () => {
    kept ??= { result: gather() }
    return kept.result
  }
}
