// Somebody asks to be a remote: the owner types the four digits it shows. One field, with four places drawn over it.

import { useRef, useState } from 'preact/hooks'
import { KnownError } from '../../errors.ts'
import type { ApiPairingRequest } from '../../protocol/index.ts'
import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { refused } from '../state/app.ts'
import { show } from '../state/toast.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

interface PinCardProps {
  request: ApiPairingRequest
  /** Read from its screen, so that nobody has to type them. */
  digits?: string | undefined
  onPaired: () => void
  onLater: () => void
}

const places = [0, 1, 2, 3] as const

export function PinCard({ request, digits = '', onPaired, onLater }: PinCardProps) {
  const host = useHost()
  const field = useRef<HTMLInputElement>(null)
  const [pin, setPin] = useState(digits)
  const [isWrong, setWrong] = useState(false)
  const [isAsked, setAsked] = useState(false)

  const accept = async () => {
    if (pin.length !== places.length || isAsked) return
    setAsked(true)
    try {
      const { name } = await host.remote.acceptPairing(request.id, pin)
      show({ text: t('remotes.done', { name }), name })
      onPaired()
    } catch (error) {
      setPin('')
      setWrong(error instanceof KnownError && error.code === 'WRONG_PIN')
      if (!(error instanceof KnownError) || error.code !== 'WRONG_PIN') refused(error, host.name)
      field.current?.focus()
    } finally {
      setAsked(false)
    }
  }

  return (
    <form
      class="pin-card"
      onSubmit={(event) => {
        event.preventDefault()
        void accept()
      }}
    >
      <div class="pin-head">
        <Icon name={request.kind === 'browser' ? 'host' : 'phone'} size={28} />
        <div>
          <h2 dir="auto">{t('remotes.asks', { name: request.name })}</h2>
          <p>{t('remotes.type')}</p>
          <p class="quiet">{request.address}</p>
        </div>
      </div>
      <label class="pin-field">
        <span class="unseen">{t('remotes.pinOf', { name: request.name })}</span>
        <input
          ref={field}
          type="text"
          inputMode="numeric"
          autocomplete="one-time-code"
          maxLength={4}
          value={pin}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? `wrong-${request.id}` : undefined}
          onInput={(event) => {
            setWrong(false)
            setPin(event.currentTarget.value.replace(/\D/g, '').slice(0, 4))
          }}
        />
        <span class="digits" aria-hidden="true">
          {places.map((place) => (
            <span
              key={place}
              class={`digit ${pin[place] ? 'filled' : ''} ${place === pin.length ? 'current' : ''}`}
            >
              {pin[place] ?? ''}
            </span>
          ))}
        </span>
      </label>
      {isWrong && (
        <p class="field-error" id={`wrong-${request.id}`} role="alert">
          <Icon name="warn" size={18} />
          {t('remotes.wrong', { name: request.name })}
        </p>
      )}
      <div class="album-buttons">
        <Button kind="main" isSubmit isDisabled={pin.length < places.length} isAsked={isAsked}>
          {t('remotes.pair')}
        </Button>
        <Button onClick={onLater}>{t('remotes.later')}</Button>
      </div>
      {request.kind === 'remote' && <p class="quiet">{t('remotes.apple')}</p>}
    </form>
  )
}
