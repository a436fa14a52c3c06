// Why the host may not be seen: its own checks, each with its sentence and its fix.

import { useState } from 'preact/hooks'
import type { Remote } from '../../../remote/index.ts'
import { useHost } from '../../app/context.tsx'
import { t } from '../../messages/index.ts'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { refused } from '../../state/app.ts'

type Diagnosis = Awaited<ReturnType<Remote['doctor']>>

export function DoctorSettings() {
  const host = useHost()
  const [diagnosis, setDiagnosis] = useState<Diagnosis>()
  const [isAsked, setAsked] = useState(false)
  const ask = async () => {
    setAsked(true)
    try {
      setDiagnosis(await host.remote.doctor())
    } catch (error) {
      refused(error, host.name)
    } finally {
      setAsked(false)
    }
  }
  return (
    <>
      <p class="lead-text">{t('doctor.text', { host: host.name })}</p>
      <Button kind="main" icon="doctor" isAsked={isAsked} onClick={() => void ask()}>
        {t(isAsked ? 'doctor.looking' : 'doctor.look')}
      </Button>
      {diagnosis && (
        <ul class="plain-list lines findings" aria-live="polite">
          {diagnosis.isHealthy && <li class="line-item">{t('doctor.healthy', { host: host.name })}</li>}
          {diagnosis.findings.map(({ check, state, says, fix }) => (
            <li key={`${check} ${says}`} class={`line-item finding ${state}`}>
              <Icon name={state === 'fault' ? 'warn' : state === 'healthy' ? 'check' : 'info'} size={20} />
              <span class="names">
                <strong>{says}</strong>
                {fix && <span>{fix}</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
