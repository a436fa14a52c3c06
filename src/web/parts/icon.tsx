import { drawings, type IconName } from './drawings.ts'

/** Never alone: its button has a name. */
export function Icon({ name, size = 24 }: { name: IconName; size?: number }) {
  const { path, ...kind } = drawings[name]
  const classes = ['icon', 'isSolid' in kind && 'solid', 'isMirrored' in kind && 'mirrored']
  return (
    <svg
      class={classes.filter(Boolean).join(' ')}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  )
}
