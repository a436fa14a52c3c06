// Rows of the table: samples go in, medians, ratios and verdicts come out.

import { median } from './statistics.ts'

/** A bound on the median of first answers, of later ones, or on the ratio to the ceiling. */
export interface Target {
  readonly of: 'first' | 'again' | 'ratio'
  readonly most?: number
  readonly least?: number
}

export interface RowFacts {
  readonly says: string
  /** '' is a count. */
  readonly unit: 's' | 'ms' | 'MB' | 'kB' | '/s' | ''
  readonly targets: readonly Target[]
}

export interface Row extends RowFacts {
  readonly name: string
  readonly first: number | undefined
  readonly again: number | undefined
  readonly ceiling: number | undefined
  /** How far from the ceiling, 1 is on it; always "again" beside the ceiling. */
  readonly ratio: number | undefined
  readonly isMet: boolean | undefined
  readonly note: string | undefined
  readonly samples: Readonly<Record<Column, readonly number[]>>
}

export type Column = 'first' | 'again' | 'ceiling'

/** What could not be measured is a row too, with the reason. */
export class Rows {
  readonly #facts = new Map<string, RowFacts>()
  readonly #samples = new Map<string, Record<Column, number[]>>()
  readonly #notes = new Map<string, string>()
  readonly #failed = new Set<string>()

  declare(name: string, facts: RowFacts): void {
    this.#facts.set(name, facts)
    this.#samples.set(name, { first: [], again: [], ceiling: [] })
  }

  add(name: string, column: Column, ...values: number[]): void {
    this.#samples.get(name)?.[column].push(...values)
  }

  note(name: string, text: string): void {
    this.#notes.set(name, text)
  }

  fail(name: string, error: unknown): void {
    this.#failed.add(name)
    this.note(name, error instanceof Error ? error.message : String(error))
  }

  get hasFailed(): boolean {
    return this.#failed.size > 0
  }

  all(): Row[] {
    return Array.from(this.#facts, ([name, facts]) => this.#row(name, facts))
  }

  #row(name: string, facts: RowFacts): Row {
    const samples = this.#samples.get(name) ?? { first: [], again: [], ceiling: [] }
    const [first, again, ceiling] = [samples.first, samples.again, samples.ceiling].map((values) =>
      values.length === 0 ? undefined : median(values),
    )
    const isRate = facts.unit === '/s'
    const ratio =
      again === undefined || ceiling === undefined ? undefined : isRate ? ceiling / again : again / ceiling
    const values = { first, again, ratio }
    const verdicts = facts.targets.map(({ of, most, least }) => {
      const value = values[of]
      if (value === undefined) return undefined
      return (most === undefined || value <= most) && (least === undefined || value >= least)
    })
    const isMeasured =
      !this.#failed.has(name) && verdicts.length > 0 && verdicts.some((is) => is !== undefined)
    return {
      ...facts,
      name,
      first,
      again,
      ceiling,
      ratio,
      isMet: isMeasured ? verdicts.every((is) => is !== false) : undefined,
      note: this.#notes.get(name),
      samples,
    }
  }
}

const heads = ['row', 'what', 'first', 'again', 'ceiling', 'ratio', 'target', 'met']

/** One line per row; figures to the right. */
export function printTable(rows: readonly Row[]): string {
  const lines = rows.map((row) => [
    row.name,
    row.says,
    figure(row.first, row.unit),
    figure(row.again, row.unit),
    figure(row.ceiling, row.unit),
    row.ratio === undefined ? '' : row.ratio.toFixed(1),
    row.targets.map((target) => targetText(target, row.unit)).join('; '),
    row.isMet === undefined ? '' : row.isMet ? 'yes' : 'NO',
  ])
  const widths = heads.map((head, at) => Math.max(head.length, ...lines.map((line) => line[at]?.length ?? 0)))
  const isLeft = new Set([0, 1, 6, 7])
  const print = (line: readonly string[]) =>
    line
      .map((text, at) => (isLeft.has(at) ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd()
  const notes = rows.filter(({ note }) => note !== undefined).map(({ name, note }) => `${name}: ${note}`)
  return [print(heads), ...lines.map(print), ...(notes.length > 0 ? ['', ...notes] : [])].join('\n')
}

function figure(value: number | undefined, unit: RowFacts['unit']): string {
  if (value === undefined || Number.isNaN(value)) return ''
  if (unit === '') return String(value)
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2
  return `${value.toFixed(digits)} ${unit}`
}

function targetText({ of, most, least }: Target, unit: RowFacts['unit']): string {
  const limit = most === undefined ? `≥ ${least}` : `≤ ${most}`
  return of === 'ratio' ? `${limit} × ceiling` : `${of} ${limit} ${unit}`.trimEnd()
}
