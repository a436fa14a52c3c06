// Whether something between holds back what the library's port would answer.

import { addressText } from '../../remote/node.ts'
import { checkOf, healthy, unknown } from '../finding.ts'

export const firewallCheck = checkOf({
  name: 'firewall',
  asks: 'Does a firewall hold packets back?',
  faults: {
    PORT_BLOCKED: {
      says: 'The machine at {address} is awake, but its port {port} swallows every call: a firewall is in the way.',
      fix: 'On that machine, let TCP port {port} in, for example `ufw allow {port}/tcp`.',
    },
  },
  async judge(context, fault) {
    const { isReadable, holding } = await context.firewall()
    const own = holding.map((rule) => `a rule of this machine: ${rule}`)
    const place = await context.place()
    if (place && (place.result === 'silent' || place.result === 'unreachable')) {
      const life = await context.life()
      const words = { address: place.address.host, port: place.address.port }
      if (life.length > 0) return fault('PORT_BLOCKED', words, [place.evidence, ...life, ...own])
      return unknown(`Nothing at ${addressText(place.address)} answers; see below.`, [place.evidence, ...own])
    }
    if (place?.result === 'open') return healthy('No firewall is in the way.', own)
    if (!isReadable) return unknown('The rules of this machine’s firewall can be read by root only.')
    return healthy(
      holding.length === 0
        ? 'The firewall of this machine holds nothing back.'
        : 'The firewall of this machine holds some packets back, none that were missed.',
      own,
    )
  },
})
