// Controlling the player: every endpoint under /ctrl-int, by its name in protocol/endpoints.ts.

import type { EndpointName } from '../../protocol/index.ts'
import type { Endpoint } from '../endpoint.ts'
import { controlInterface } from './control-interface.ts'
import { cue } from './cue.ts'
import { geniusShuffle, setGeniusSeed } from './genius.ts'
import { getproperty } from './getproperty.ts'
import { getspeakers } from './getspeakers.ts'
import { nowplayingartwork } from './nowplayingartwork.ts'
import { playqueueContents } from './playqueue-contents.ts'
import { playqueueEdit } from './playqueue-edit.ts'
import { playspec } from './playspec.ts'
import { playstatusupdate } from './playstatusupdate.ts'
import { setproperty } from './setproperty.ts'
import { setspeakers } from './setspeakers.ts'
import { transport } from './transport.ts'

export const dacpEndpoints = {
  controlInterface,
  cue,
  geniusShuffle,
  getproperty,
  getspeakers,
  nowplayingartwork,
  playqueueContents,
  playqueueEdit,
  playspec,
  playstatusupdate,
  setGeniusSeed,
  setproperty,
  setspeakers,
  ...transport,
} as const satisfies Partial<Record<EndpointName, Endpoint>>
