// A machine of one network that is the router to another one. It passes packets on, but neither multicast nor broadcasts.

import type { Network } from './namespaces.ts'
import { ip } from './namespaces.ts'

const routerNumber = 254

/** From now on every machine of either network reaches those of the other one through it, by IPv4. */
export async function routeBetween(home: Network, routerName: string, office: Network): Promise<void> {
  const router = home.machine(routerName)
  const inOffice = `${office.ipv4Prefix}.${routerNumber}`
  const pair = ['type', 'veth', 'peer', 'name', 'eth1', 'netns', router.space]
  ip('-n', office.switchSpace, 'link', 'add', 'uplink', ...pair)
  ip('-n', office.switchSpace, 'link', 'set', 'uplink', 'master', 'br0', 'up')
  ip('-n', router.space, 'link', 'set', 'eth1', 'up')
  ip('-n', router.space, 'address', 'add', `${inOffice}/24`, 'brd', '+', 'dev', 'eth1')
  await router.run('sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward')
  for (const [network, gateway] of [
    [home, router.ipv4],
    [office, inOffice],
  ] as const)
    for (const machine of network.machines.values())
      if (machine !== router && gateway !== undefined)
        ip('-n', machine.space, 'route', 'replace', 'default', 'via', gateway)
}
