// What the tables of dacp-requests.test.ts are made of.

/**
 * The request (below /ctrl-int/1/ unless it begins with a slash), what it answers, and what changes: "" nothing;
 * "… from: Mix" leaves the rest open. In braces: ids that differ from run to run.
 */
export type DacpRow = readonly [request: string, answer: string, changes: string]

export interface DacpSection {
  /** Of docs/protocol/dacp-control.md. */
  readonly section: string
  readonly method?: 'GET' | 'POST'
  /** With `active-remote` it comes without a session. */
  readonly headers?: Readonly<Record<string, string>>
  readonly rows: readonly DacpRow[]
}

/** Of Aria, 5 s after its beginning. */
export const playStatus =
  'cmst mstt=200 cmsr caps=4 cash=0 carp=0 cafs=0 cavs=0 cavc=1 caas=2 caar=6 cafe=0 cave=0 canp=1/0/0/{ariaId} cann=Aria cana=Bach canl=Goldberg cang=Baroque asai cmmk=1 casa=1 astm=8020 casc=1 caks=6 cant=3020 cast=8020 casu=1 ceGS=1 ceGs=0'
