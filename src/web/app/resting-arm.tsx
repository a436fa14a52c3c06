/** In place of a cover while nothing plays. */
export function RestingArm() {
  return (
    <div class="rest" aria-hidden="true">
      <svg viewBox="0 0 300 300">
        <circle class="rest-line" cx="140" cy="156" r="64" />
        <circle class="rest-thin" cx="140" cy="156" r="55" />
        <circle class="rest-thin" cx="140" cy="156" r="46" />
        <circle class="rest-line" cx="140" cy="156" r="21" />
        <circle class="ink-fill" cx="140" cy="156" r="3.5" />
        <circle class="needle-fill" cx="218" cy="84" r="9" />
        <path class="rest-arm" d="M218 84 221 152 216 188" />
      </svg>
    </div>
  )
}
