// All checks, in the order in which things have to work. A new one: a file in checks/, a line here.

import { addressCheck } from './checks/address.ts'
import { certificateCheck } from './checks/certificate.ts'
import { clockCheck } from './checks/clock.ts'
import { firewallCheck } from './checks/firewall.ts'
import { interfaceCheck } from './checks/interface.ts'
import { multicastCheck } from './checks/multicast.ts'
import { nameCheck } from './checks/name.ts'
import { pairingCheck } from './checks/pairing.ts'
import { portCheck } from './checks/port.ts'
import { respondersCheck } from './checks/responders.ts'
import { sleepCheck } from './checks/sleep.ts'
import { subnetCheck } from './checks/subnet.ts'
import type { Check } from './finding.ts'

export const checks: readonly Check[] = [
  respondersCheck,
  interfaceCheck,
  multicastCheck,
  portCheck,
  firewallCheck,
  nameCheck,
  addressCheck,
  clockCheck,
  pairingCheck,
  certificateCheck,
  sleepCheck,
  subnetCheck,
]
