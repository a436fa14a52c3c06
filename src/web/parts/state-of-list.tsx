// What stands where a list would be: nothing for a moment, skeletons, a failure with its way out, or a sentence.

import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { t } from '../messages/index.ts'
import { Button } from './button.tsx'

const quietMs = 150

interface ListStateProps {
  failure: unknown
  isLoading: boolean
  isEmpty: boolean
  empty: ComponentChildren
  onAgain: () => void
  children: ComponentChildren
}

export function ListState({ failure, isLoading, isEmpty, empty, onAgain, children }: ListStateProps) {
  if (failure !== undefined && isLoading)
    return (
      <div class="notice" role="alert">
        <p>{t('list.failed')}</p>
        <Button onClick={onAgain}>{t('list.again')}</Button>
      </div>
    )
  if (isLoading) return <Loading />
  if (isEmpty) return <div class="notice">{empty}</div>
  return <>{children}</>
}

function Loading() {
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), quietMs)
    return () => clearTimeout(timer)
  }, [])
  return <p class={isShown ? 'loading shown' : 'loading'}>{t('list.loading')}</p>
}
