// The editor of a smart playlist: rules in sentences, and what they find.

import '../messages/en-later.ts'
import { useEffect, useState } from 'preact/hooks'
import { KnownError } from '../../errors.ts'
import { useHost } from '../app/context.tsx'
import { type MessageKey, t } from '../messages/index.ts'
import {
  firstRule,
  isFinished,
  isGroup,
  orders,
  type Rule,
  type RuleGroup,
  type SmartRules,
  tomlOf,
} from '../model/smart-rules.ts'
import { rulesOfToml } from '../model/smart-toml.ts'
import { Button, IconButton } from '../parts/button.tsx'
import { Page } from '../parts/page.tsx'
import { MatchChoice, RuleFields } from '../parts/rule-fields.tsx'
import { RulesPreview } from '../parts/rules-preview.tsx'
import { refused } from '../state/app.ts'
import { back, replace } from '../state/route.ts'

const newRules: SmartRules = {
  name: '',
  match: 'all',
  rules: [firstRule],
  order: 'album',
  isDescending: false,
  limit: undefined,
}
const usualLimit = 50

export function RulesView({ id }: { id: string }) {
  const host = useHost()
  const isNew = id === 'new'
  const [rules, setRules] = useState<SmartRules | undefined>(isNew ? newRules : undefined)
  const [raw, setRaw] = useState<string>()
  const [fault, setFault] = useState<string>()
  const [isAsked, setAsked] = useState(false)

  useEffect(() => {
    if (isNew) return
    host.remote.playlistRules(Number(id)).then(
      (text) => {
        const found = rulesOfToml(text)
        if (found) setRules(found)
        else setRaw(text)
      },
      (error: unknown) => refused(error, host.name),
    )
  }, [id, host])

  const definition = raw ?? (rules && tomlOf(rules))
  const save = async () => {
    if (definition === undefined || isAsked) return
    setAsked(true)
    setFault(undefined)
    try {
      const saved = isNew
        ? await host.remote.makeSmartPlaylist(definition)
        : await host.remote.setPlaylistRules(Number(id), definition).then(() => Number(id))
      await host.readPlaylists()
      host.lists.playlistSongs(saved).refresh()
      replace('playlist', saved)
    } catch (error) {
      if (error instanceof KnownError && error.code === 'BAD_RULES')
        setFault(String(error.details['problem'] ?? error.details['reason'] ?? error.row.says))
      else refused(error, host.name)
    } finally {
      setAsked(false)
    }
  }

  return (
    <Page
      title={t(isNew ? 'playlist.newSmart' : 'playlist.edit')}
      hasBack
      tools={
        <>
          <Button onClick={back}>{t('playlist.cancel')}</Button>
          <Button
            kind="main"
            isAsked={isAsked}
            isDisabled={raw === undefined && rules?.name.trim() === ''}
            onClick={() => void save()}
          >
            {t('playlist.save')}
          </Button>
        </>
      }
    >
      {fault && (
        <p class="field-error" role="alert">
          {fault}
        </p>
      )}
      {raw !== undefined && (
        <label class="field">
          <span>{t('rules.asText')}</span>
          <textarea
            class="rules-text"
            dir="ltr"
            value={raw}
            spellcheck={false}
            onInput={(event) => setRaw(event.currentTarget.value)}
          />
        </label>
      )}
      {raw === undefined && rules && <RulesForm rules={rules} onChange={setRules} />}
      {definition !== undefined && <RulesPreview definition={raw ?? previewOf(rules)} />}
    </Page>
  )
}

/** What they find does not wait for their name. */
function previewOf(rules: SmartRules | undefined): string | undefined {
  if (!rules || !isFinished(rules)) return undefined
  return tomlOf({ ...rules, name: rules.name.trim() || t('playlist.newName') })
}

function RulesForm({ rules, onChange }: { rules: SmartRules; onChange: (rules: SmartRules) => void }) {
  return (
    <div class="rules">
      <input
        type="text"
        class="title-field"
        value={rules.name}
        placeholder={t('playlist.newName')}
        aria-label={t('playlist.newName')}
        maxLength={255}
        onInput={(event) => onChange({ ...rules, name: event.currentTarget.value })}
      />
      <div class="rules-card">
        <MatchChoice
          match={rules.match}
          before="rules.match"
          onChange={(match) => onChange({ ...rules, match })}
        />
        <RuleList rules={rules.rules} canNest onChange={(inside) => onChange({ ...rules, rules: inside })} />
        <div class="rules-limit">
          <label class="rules-check">
            <input
              type="checkbox"
              checked={rules.limit !== undefined}
              onChange={(event) =>
                onChange({ ...rules, limit: event.currentTarget.checked ? usualLimit : undefined })
              }
            />
            {t('rules.atMost')}
          </label>
          <input
            type="number"
            min={1}
            max={100_000}
            value={rules.limit ?? usualLimit}
            disabled={rules.limit === undefined}
            aria-label={t('rules.limit')}
            onInput={(event) =>
              onChange({ ...rules, limit: Math.max(1, Number(event.currentTarget.value) || 1) })
            }
          />
          <span>{t('rules.songsBy')}</span>
          <select
            value={rules.order}
            aria-label={t('list.sort')}
            onChange={(event) => onChange({ ...rules, order: event.currentTarget.value })}
          >
            {orders.map((order) => (
              <option key={order} value={order}>
                {t(`rules.order.${order}` as MessageKey)}
              </option>
            ))}
          </select>
          <label class="rules-check">
            <input
              type="checkbox"
              checked={rules.isDescending}
              onChange={(event) => onChange({ ...rules, isDescending: event.currentTarget.checked })}
            />
            {t('rules.descending')}
          </label>
        </div>
      </div>
    </div>
  )
}

interface RuleListProps {
  rules: readonly (Rule | RuleGroup)[]
  canNest?: boolean
  onChange: (rules: readonly (Rule | RuleGroup)[]) => void
}

function RuleList({ rules, canNest = false, onChange }: RuleListProps) {
  const put = (index: number, rule: Rule | RuleGroup) => onChange(rules.with(index, rule))
  const remove = (index: number) => onChange(rules.filter((_, at) => at !== index))
  const addBehind = (index: number, rule: Rule | RuleGroup) => onChange(rules.toSpliced(index + 1, 0, rule))
  return (
    <ul class="rule-list">
      {rules.map((rule, index) => (
        <li key={index} class={isGroup(rule) ? 'rule-group' : 'rule'}>
          {isGroup(rule) ? (
            <>
              <MatchChoice
                match={rule.match}
                before="rules.and"
                onChange={(match) => put(index, { ...rule, match })}
              />
              <RuleList
                rules={rule.rules}
                onChange={(inside) =>
                  inside.length === 0 ? remove(index) : put(index, { ...rule, rules: inside })
                }
              />
            </>
          ) : (
            <>
              <RuleFields rule={rule} onChange={(changed) => put(index, changed)} />
              <span class="rule-buttons">
                <IconButton
                  icon="minus"
                  label={t('rules.remove')}
                  isDisabled={canNest && rules.length === 1}
                  onClick={() => remove(index)}
                />
                <IconButton icon="plus" label={t('rules.add')} onClick={() => addBehind(index, firstRule)} />
                {canNest && (
                  <IconButton
                    icon="more"
                    label={t('rules.addGroup')}
                    onClick={() => addBehind(index, { match: 'any', rules: [firstRule, firstRule] })}
                  />
                )}
              </span>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
