import { t } from '../messages/index.ts'

/** "40 minutes", "1 hour 12 minutes". */
export function timeInWords(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000))
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  const parts = [
    hours > 0 ? t('count.hours', { count: hours }) : '',
    rest > 0 || hours === 0 ? t('count.minutes', { count: rest }) : '',
  ]
  return parts.filter(Boolean).join(' ')
}

/** "26 November". */
export function dayInWords(time: string): string {
  const options = { day: 'numeric', month: 'long' } as const
  return new Date(time).toLocaleDateString(document.documentElement.lang, options)
}
