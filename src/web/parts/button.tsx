// The buttons of the page. Each has a name; an icon alone carries it in aria-label.

import type { ComponentChildren } from 'preact'
import type { IconName } from './drawings.ts'
import { Icon } from './icon.tsx'
import { DiscMark } from './mark.tsx'

interface IconButtonProps {
  icon: IconName
  label: string
  size?: number
  class?: string
  isPressed?: boolean | undefined
  isDisabled?: boolean | undefined
  /** Asked, and not yet answered. */
  isAsked?: boolean | undefined
  /** Reached by the keys of its row, not by Tab. */
  isInRow?: boolean
  /** The key that does the same. */
  keys?: string | undefined
  hasPopup?: 'menu' | 'dialog' | undefined
  onClick: (event: MouseEvent) => void
}

export function IconButton(props: IconButtonProps) {
  const {
    icon,
    label,
    size = 24,
    isPressed,
    isDisabled = false,
    isAsked = false,
    isInRow,
    keys,
    hasPopup,
    onClick,
  } = props
  return (
    <button
      type="button"
      tabIndex={isInRow ? -1 : undefined}
      class={`icon-button ${props.class ?? ''}`}
      aria-label={label}
      title={label}
      aria-pressed={isPressed}
      aria-disabled={isDisabled || undefined}
      aria-keyshortcuts={keys}
      aria-haspopup={hasPopup}
      onClick={(event) => !isDisabled && onClick(event)}
    >
      {isAsked ? <DiscMark isTurning size={size} /> : <Icon name={icon} size={size} />}
    </button>
  )
}

interface ButtonProps {
  kind?: 'main' | 'outline' | 'quiet' | 'warn'
  icon?: IconName
  class?: string
  isDisabled?: boolean
  isAsked?: boolean
  isSubmit?: boolean
  children: ComponentChildren
  onClick?: (event: MouseEvent) => void
}

export function Button(props: ButtonProps) {
  const {
    kind = 'outline',
    icon,
    isDisabled = false,
    isAsked = false,
    isSubmit = false,
    children,
    onClick,
  } = props
  return (
    <button
      type={isSubmit ? 'submit' : 'button'}
      class={`button ${kind} ${props.class ?? ''}`}
      aria-disabled={isDisabled || undefined}
      onClick={(event) => {
        if (isDisabled) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {isAsked ? <DiscMark isTurning size={18} /> : icon && <Icon name={icon} size={20} />}
      <span>{children}</span>
    </button>
  )
}

export function Chip({ isOn, href, onClick, children }: ChipProps) {
  if (href !== undefined)
    return (
      <a class="chip" href={href} aria-current={isOn ? 'page' : undefined}>
        {children}
      </a>
    )
  return (
    <button type="button" class="chip" aria-pressed={isOn} onClick={onClick}>
      {children}
    </button>
  )
}

interface ChipProps {
  isOn: boolean
  href?: string
  onClick?: () => void
  children: ComponentChildren
}
