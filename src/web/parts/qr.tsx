// A code for the camera of a phone.

import { encode } from 'uqr'

export function Qr({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 2 })
  const dots = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <figure class="qr">
      {/* Cameras want it dark on light, whatever the page looks like. */}
      <svg viewBox={`0 0 ${size} ${size}`} width="132" height="132" role="img" aria-label={label}>
        <rect width={size} height={size} fill="#ffffff" />
        <path d={dots.join('')} fill="#000000" />
      </svg>
      <figcaption>{label}</figcaption>
    </figure>
  )
}
