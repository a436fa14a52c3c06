// Remotes: who asks to be one, who is one, and how a new phone gets here.

import { useEffect, useState } from 'preact/hooks'
import type { Remote } from '../../../remote/index.ts'
import { useHost } from '../../app/context.tsx'
import { t } from '../../messages/index.ts'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { PinCard } from '../../parts/pin-card.tsx'
import { dayInWords } from '../../parts/time-words.ts'
import { refused } from '../../state/app.ts'

type Pairing = Awaited<ReturnType<Remote['pairings']>>[number]

const readEveryMs = 10_000

/** `part` is ID.DIGITS when it was read from the screen of one who asks. */
export function RemoteSettings({ part = '' }: { part?: string | undefined }) {
  const [askedId, askedDigits] = part.split('.')
  const host = useHost()
  const requests = host.pairingRequests.value
  const [pairings, setPairings] = useState<readonly Pairing[]>()
  const [later, setLater] = useState<ReadonlySet<string>>(new Set())
  const read = () => {
    host.remote.pairings().then(setPairings, (error: unknown) => refused(error, host.name))
  }
  useEffect(() => {
    read()
    const timer = setInterval(read, readEveryMs)
    return () => clearInterval(timer)
  }, [host, requests.length])
  const revoke = async (pairing: Pairing) => {
    try {
      await host.remote.removePairing(pairing.guid)
    } catch (error) {
      refused(error, host.name)
    }
    read()
  }
  const open = requests.filter(({ id }) => !later.has(id))
  return (
    <>
      {open.map((request) => (
        <PinCard
          key={request.id}
          request={request}
          digits={request.id === askedId ? askedDigits : undefined}
          onPaired={read}
          onLater={() => setLater(new Set([...later, request.id]))}
        />
      ))}
      {open.length === 0 && <p class="lead-text">{t('remotes.how')}</p>}
      <div class="line-head">
        <h2>{t('remotes.paired')}</h2>
        <span>{pairings?.length ?? ''}</span>
      </div>
      {pairings?.length === 0 && <p class="quiet">{t('remotes.none')}</p>}
      <ul class="plain-list lines">
        {pairings?.map((pairing) => (
          <li key={pairing.guid} class="line-item">
            <Icon name={/ on (?:Linux|Mac|Windows|a computer)/.test(pairing.name) ? 'host' : 'phone'} />
            <span class="names">
              <strong dir="auto">{pairing.name}</strong>
              {pairing.sessions > 0 ? (
                <span class="here-now">{t('remotes.here')}</span>
              ) : (
                <span class="quiet">{lastSeen(pairing)}</span>
              )}
            </span>
            <Button onClick={() => void revoke(pairing)}>{t('remotes.revoke')}</Button>
          </li>
        ))}
      </ul>
    </>
  )
}

function lastSeen({ lastSeenAt }: Pairing): string {
  if (lastSeenAt === null) return t('remotes.never')
  return t('remotes.last', { date: dayInWords(lastSeenAt) })
}
