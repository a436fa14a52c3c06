// The fields of one rule, by what kind of thing it asks for.

import { type MessageKey, t } from '../messages/index.ts'
import {
  type FieldKind,
  fieldKinds,
  type Match,
  opsOf,
  type Rule,
  withField,
  withOp,
} from '../model/smart-rules.ts'
import { Stars } from './stars.tsx'

export function MatchChoice({ match, before, onChange }: MatchChoiceProps) {
  return (
    <p class="rules-match">
      {t(before)}{' '}
      <select
        value={match}
        aria-label={t('rules.matchLabel')}
        onChange={(event) => onChange(event.currentTarget.value === 'any' ? 'any' : 'all')}
      >
        <option value="all">{t('rules.all')}</option>
        <option value="any">{t('rules.any')}</option>
      </select>{' '}
      {t('rules.ofThese')}
    </p>
  )
}

interface MatchChoiceProps {
  match: Match
  before: 'rules.match' | 'rules.and'
  onChange: (match: Match) => void
}

export function RuleFields({ rule, onChange }: { rule: Rule; onChange: (rule: Rule) => void }) {
  const kind = fieldKinds[rule.field] ?? 'text'
  const set = (index: number, value: string) => onChange({ ...rule, values: rule.values.with(index, value) })
  return (
    <>
      <select
        value={rule.field}
        aria-label={t('rules.field')}
        onChange={(event) => onChange(withField(rule, event.currentTarget.value))}
      >
        {Object.keys(fieldKinds).map((field) => (
          <option key={field} value={field}>
            {t(`rules.field.${field}` as MessageKey)}
          </option>
        ))}
      </select>
      <select
        value={rule.op}
        aria-label={t('rules.op')}
        onChange={(event) => onChange(withOp(rule, event.currentTarget.value))}
      >
        {opsOf[kind].map((op) => (
          <option key={op} value={op}>
            {t(`rules.op.${op}` as MessageKey)}
          </option>
        ))}
      </select>
      {rule.values.map((value, index) => (
        <RuleValue
          key={index}
          kind={kind}
          op={rule.op}
          value={value}
          onChange={(changed) => set(index, changed)}
        />
      ))}
    </>
  )
}

interface RuleValueProps {
  kind: FieldKind
  op: string
  value: string
  onChange: (value: string) => void
}

const units = ['days', 'weeks', 'months', 'years'] as const
const starPercent = 20

function RuleValue({ kind, op, value, onChange }: RuleValueProps) {
  const label = t('rules.value')
  if (kind === 'stars')
    return (
      <span class="rule-stars">
        <Stars percent={Number(value) * starPercent} size={18} onRate={(stars) => onChange(String(stars))} />
      </span>
    )
  if (kind === 'yes')
    return (
      <select value={value} aria-label={label} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="true">{t('rules.yes')}</option>
        <option value="false">{t('rules.no')}</option>
      </select>
    )
  if (op === 'in-last' || op === 'not-in-last') {
    const [count = '3', unit = 'months'] = value.split(' ')
    return (
      <span class="rule-span">
        <input
          type="number"
          min={1}
          value={count}
          aria-label={label}
          onInput={(event) => onChange(`${Math.max(1, Number(event.currentTarget.value) || 1)} ${unit}`)}
        />
        <select
          value={unit.replace(/s?$/, 's')}
          aria-label={t('rules.unit')}
          onChange={(event) => onChange(`${count} ${event.currentTarget.value}`)}
        >
          {units.map((one) => (
            <option key={one} value={one}>
              {t(`rules.unit.${one}`)}
            </option>
          ))}
        </select>
      </span>
    )
  }
  const field = {
    value,
    'aria-label': label,
    onInput: (event: { currentTarget: HTMLInputElement }) => onChange(event.currentTarget.value),
  }
  if (kind === 'number') return <input type="number" {...field} />
  return kind === 'date' ? <input type="date" {...field} /> : <input type="text" maxLength={255} {...field} />
}
