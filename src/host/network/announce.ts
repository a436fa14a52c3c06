// What the network hears of this host.

import type { Announcement, Discovery, ServiceToAnnounce } from '../../discovery/index.ts'
import type { Log } from '../../log.ts'
import { daapTxt, dacpServiceName, dacpTxt, services, touchAbleTxt } from '../../protocol/index.ts'
import type { DataDirectory, Identity } from '../data/data-directory.ts'

export interface Announcements {
  /** The `_touch-able` instance name in use: `servicename` of /pair, by which remotes file their pairing. */
  readonly instanceName: string
  /** Says goodbye for what was announced; what is still probed for is not waited for. */
  withdraw(): Promise<void>
}

/** What conflicts made of our names: kept over restarts, so that nobody sees a library change its name twice. */
export type AnnouncedNames = Pick<DataDirectory, 'announcedNames' | 'keepAnnouncedName'>

/** Starts announcing; names are ours once probing is done, which nobody has to wait for. */
export function announceHost(
  { discovery, log, names }: { discovery: Discovery; log: Log; names: AnnouncedNames },
  identity: Identity,
  port: number,
): Announcements {
  let instanceName = identity.instanceName
  let isWithdrawn = false
  const announced: Announcement[] = []
  const announce = async (service: ServiceToAnnounce) => {
    const isTouchAble = service.type === services.touchAble.type
    const onRenamed = (name: string) => {
      log.warn('another host has this name; announced under a new one', { type: service.type, name })
      names.keepAnnouncedName(service.type, name)
      if (isTouchAble) instanceName = name
    }
    try {
      const announcement = await discovery.announce(withLastName(service, names), onRenamed)
      if (isTouchAble) instanceName = announcement.name
      announced.push(announcement)
      if (isWithdrawn) await announcement.withdraw()
    } catch (error) {
      // Ended while its name was still being probed for.
      if (isWithdrawn) return
      log.error('a service could not be announced', { type: service.type, error })
    }
  }
  for (const service of servicesOf(identity, port)) void announce(service)

  return {
    get instanceName() {
      return instanceName
    },
    async withdraw() {
      isWithdrawn = true
      await Promise.allSettled(announced.map((announcement) => announcement.withdraw()))
    },
  }
}

function servicesOf(identity: Identity, port: number): ServiceToAnnounce[] {
  const { databaseId, name, sharing } = identity
  const list: ServiceToAnnounce[] = [
    {
      type: services.touchAble.type,
      name: identity.instanceName,
      port,
      txt: touchAbleTxt({ name, databaseId }),
    },
    { type: services.dacp.type, name: dacpServiceName(databaseId), port, txt: dacpTxt({ databaseId }) },
  ]
  if (sharing !== 'none') {
    const txt = daapTxt({ name, databaseId, hasPassword: sharing === 'password' })
    list.push({ type: services.daap.type, name: fittingLabel(name), port, txt })
  }
  return list
}

/** Instance labels are at most 63 bytes of UTF-8; never half a character. */
function fittingLabel(name: string): string {
  const { read } = new TextEncoder().encodeInto(name, new Uint8Array(63))
  return name.slice(0, read)
}

function withLastName(service: ServiceToAnnounce, { announcedNames }: AnnouncedNames): ServiceToAnnounce {
  const lastName = announcedNames[service.type]
  return lastName === undefined ? service : { ...service, lastName }
}
