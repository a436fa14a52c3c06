// One service as a DNS message between relays: its records when it is there, its pointer with TTL 0 when it goes, a
// question for its SRV when somebody asks for it. Pure.

import { KnownError } from '../../errors.ts'
import { type DnsMessage, message, responseFlags } from '../dns/message.ts'
import { instanceName, labelText, type Name, nameKey, sameName, typeName } from '../dns/name.ts'
import {
  type AddressRecord,
  type DnsRecord,
  type PtrRecord,
  question,
  type SrvRecord,
  type TxtRecord,
} from '../dns/records.ts'
import { txtEntries } from '../dns/txt.ts'
import { pointerRecords } from '../responder/zone.ts'
import { relayedRecords } from './relayed-records.ts'
import { isRelayable, type RelayedService } from './relayed-service.ts'

export interface LinkNews {
  readonly type: string
  readonly name: string
  /** Absent when it is gone. */
  readonly service?: RelayedService
}

export function newsOf(service: RelayedService): DnsMessage {
  const { records } = relayedRecords(service, undefined)
  return message({ flags: responseFlags, answers: records })
}

export function goneMessage({ type, name }: Pick<RelayedService, 'type' | 'name'>): DnsMessage {
  const [pointer] = pointerRecords({ type, name, port: 0, txt: {} })
  return message({ flags: responseFlags, answers: pointer ? [{ ...pointer, ttlSeconds: 0 }] : [] })
}

export function askFor({ type, name }: Pick<RelayedService, 'type' | 'name'>): DnsMessage {
  return message({ questions: [question(instanceName(name, type), 'SRV')] })
}

/** Which one is asked for. BAD_PACKET for any other question. */
export function readAsked(
  { questions }: DnsMessage,
  types: readonly string[],
): Pick<LinkNews, 'type' | 'name'> {
  const [asked] = questions
  const name = labelText(asked?.name[0] ?? new Uint8Array())
  const type = types.find((one) => asked && sameName(asked.name, instanceName(name, one)))
  if (asked?.type !== 'SRV' || type === undefined) throw bad('not a question for a service that is relayed')
  return { type, name }
}

/** BAD_PACKET for what no relay of ours sends: another type, no address that leads anywhere, something relayed already. */
export function readNews({ answers }: DnsMessage, types: readonly string[]): LinkNews {
  const pointer = answers.find((record): record is PtrRecord => record.type === 'PTR')
  const type = types.find((one) => pointer && sameName(pointer.name, typeName(one)))
  if (!pointer || type === undefined) throw bad('not a service that is relayed')
  const name = labelText(pointer.target[0] ?? new Uint8Array())
  if (!sameName(pointer.target, instanceName(name, type))) throw bad('not an instance of its type')
  if (pointer.ttlSeconds === 0) return { type, name }
  const service = { type, name, ...detailsOf(pointer.target, answers) }
  if (!isRelayable(service)) throw bad('not a service that can be relayed')
  return { type, name, service }
}

function detailsOf(instance: Name, answers: readonly DnsRecord[]) {
  const about = answers.filter((record) => sameName(record.name, instance))
  const srv = about.find((record): record is SrvRecord => record.type === 'SRV')
  const txt = about.find((record): record is TxtRecord => record.type === 'TXT')
  if (!srv || !txt) throw bad('SRV or TXT is missing')
  const host = nameKey(srv.target)
  const addresses = answers
    .filter((record): record is AddressRecord => record.type === 'A' || record.type === 'AAAA')
    .filter((record) => nameKey(record.name) === host)
    .map(({ address }) => address)
  return { port: srv.port, txt: txtEntries(txt.strings), addresses: addresses.toSorted() }
}

function bad(reason: string): KnownError {
  return new KnownError('BAD_PACKET', { reason })
}
