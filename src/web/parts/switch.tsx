import { Icon } from './icon.tsx'

interface SwitchProps {
  label: string
  hint?: string
  isOn: boolean
  onChange: (isOn: boolean) => void
}

/** On and off: a check in a circle, as everywhere. */
export function Switch({ label, hint, isOn, onChange }: SwitchProps) {
  return (
    <label class="switch speaker-name">
      <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span class="check-circle">
        <Icon name="check" size={18} />
      </span>
      <span class="names">
        <strong>{label}</strong>
        {hint && <span class="speaker-state">{hint}</span>}
      </span>
    </label>
  )
}
