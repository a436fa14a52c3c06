// Hosts: the one that this page controls, and its neighbours on the network, which it wakes when they sleep.

import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Remote } from '../../../remote/index.ts'
import { useHost } from '../../app/context.tsx'
import { t } from '../../messages/index.ts'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { dayInWords } from '../../parts/time-words.ts'
import { refused } from '../../state/app.ts'
import { show } from '../../state/toast.ts'

type Neighbour = Awaited<ReturnType<Remote['neighbours']>>[number]

const readEveryMs = 5000

export function HostSettings() {
  const host = useHost()
  const [neighbours, setNeighbours] = useState<readonly Neighbour[]>([])
  useEffect(() => {
    const read = () => host.remote.neighbours().then(setNeighbours, () => {}) // the banner says that it is gone
    void read()
    const timer = setInterval(read, readEveryMs)
    return () => clearInterval(timer)
  }, [host])
  const isHere = host.link.value.state === 'here'
  return (
    <ul class="plain-list lines">
      <HostLine name={host.name} address={host.remote.host.address}>
        {isHere ? <HereNow /> : <span class="quiet">{t('link.lost', { host: host.name })}</span>}
      </HostLine>
      {neighbours.map((neighbour) => (
        <NeighbourLine key={neighbour.serviceName} neighbour={neighbour} />
      ))}
    </ul>
  )
}

/** One that is not here may be asleep. */
function NeighbourLine({ neighbour }: { neighbour: Neighbour }) {
  const host = useHost()
  const [isAsked, setAsked] = useState(false)
  const { serviceName, name, address, port, seenAt, isHere } = neighbour
  const wake = async () => {
    setAsked(true)
    try {
      await host.remote.wakeNeighbour(serviceName)
      show({ text: t('hosts.woken', { name }), name })
    } catch (error) {
      refused(error, host.name)
    } finally {
      setAsked(false)
    }
  }
  return (
    <HostLine
      name={name}
      address={`${address}:${port}`}
      action={
        !isHere && (
          <Button isAsked={isAsked} onClick={() => void wake()}>
            {t('hosts.wake')}
          </Button>
        )
      }
    >
      {isHere ? <HereNow /> : <span class="quiet">{t('hosts.asleep', { date: dayInWords(seenAt) })}</span>}
    </HostLine>
  )
}

interface HostLineProps {
  name: string
  address: string
  action?: ComponentChildren
  children: ComponentChildren
}

function HostLine({ name, address, action, children }: HostLineProps) {
  return (
    <li class="line-item">
      <Icon name="host" />
      <span class="names">
        <strong dir="auto">{name}</strong>
        {children}
        <span class="quiet">{address}</span>
      </span>
      {action}
    </li>
  )
}

const HereNow = () => <span class="here-now">{t('remotes.here')}</span>
