import { t } from '../messages/index.ts'
import { Icon } from '../parts/icon.tsx'
import { hide, hideLater, hold, spoken, toast } from '../state/toast.ts'

export function ToastPlace() {
  const now = toast.value
  if (!now) return null
  const { text, name, action } = now
  const [before, after] = name && text.includes(name) ? split(text, name) : [text, undefined]
  return (
    <div
      class="toast"
      // A status; the live region below is what says it.
      role="status"
      aria-live="off"
      onPointerEnter={hold}
      onPointerLeave={hideLater}
      onFocusIn={hold}
      onFocusOut={hideLater}
    >
      <p>
        {before}
        {after !== undefined && <strong dir="auto">{name}</strong>}
        {after}
      </p>
      {action && (
        <button
          type="button"
          onClick={() => {
            hide()
            action.run()
          }}
        >
          {action.label === t('done.undo') && <Icon name="undo" size={20} />}
          {action.label}
        </button>
      )}
    </div>
  )
}

function split(text: string, name: string): readonly [string, string] {
  const at = text.indexOf(name)
  return [text.slice(0, at), text.slice(at + name.length)]
}

/** The one place from which a screen reader is told. */
export function LiveRegion() {
  return (
    <div class="unseen" role="status" aria-live="polite">
      {spoken.value}
    </div>
  )
}
