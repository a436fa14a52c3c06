// The mark of Tonearm, and the small record that says "this one plays".

/** It never turns. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 28 28" aria-hidden="true">
      <path class="ink-line" d="M17.6 5.2A10.2 10.2 0 1 0 22.8 15.5" />
      <circle class="ink-fill" cx="12.7" cy="14.5" r="1.9" />
      <circle class="needle-fill" cx="23.5" cy="4.6" r="2.3" />
      <path class="needle-line" d="M23.5 5.5 22.3 12 17 16.8" />
    </svg>
  )
}

/** Turns while the music plays; the arm is off the record while it waits. */
export function DiscMark({ isTurning, size = 20 }: { isTurning: boolean; size?: number }) {
  return (
    <svg
      class={isTurning ? 'disc turning' : 'disc'}
      width={size}
      height={size}
      viewBox="0 0 20 20"
      aria-hidden="true"
    >
      <circle class="disc-rim" cx="9" cy="11" r="7" />
      <circle class="ink-fill" cx="9" cy="11" r="1.4" />
      <path class="disc-light" d="M5.2 8.8a4.4 4.4 0 0 1 2.5-2" />
      <path class="disc-arm" d={isTurning ? 'M17.5 2.5 16.3 7.5 12.7 10.5' : 'M17.5 2.5 17.7 8 17 12.5'} />
    </svg>
  )
}
