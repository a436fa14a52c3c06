// A machine of one network that is the router to another one. It passes packets on, but neither multicast nor broadcasts.

import type { Network } from './namespaces.ts'
import { ip } from './namespaces.ts'

const routerNumber = 254

/**
 * From now on every machine of either network reaches those of the other one through it: by IPv4, and by IPv6 where the
 * two have prefixes of their own. The router is `eth1` in the office.
 */
export async function routeBetween(home: Network, routerName: string, office: Network): Promise<void> {
  const router = home.machine(routerName)
  const at = (...args: string[]) => ip('-n', router.space, ...args)
  const inOffice = {
    ipv4: `${office.ipv4Prefix}.${routerNumber}`,
    ipv6: `${office.ipv6Prefix}::${routerNumber}`,
  }
  const pair = ['type', 'veth', 'peer', 'name', 'eth1', 'netns', router.space]
  ip('-n', office.switchSpace, 'link', 'add', 'uplink', ...pair)
  ip('-n', office.switchSpace, 'link', 'set', 'uplink', 'master', 'br0', 'up')
  at('link', 'set', 'eth1', 'addrgenmode', 'none')
  at('link', 'set', 'eth1', 'up')
  at('address', 'add', `${inOffice.ipv4}/24`, 'brd', '+', 'dev', 'eth1')
  const hasIpv6 = home.ipv6Prefix !== office.ipv6Prefix
  if (hasIpv6)
    for (const address of [inOffice.ipv6, `fe80::${routerNumber}`])
      at('address', 'add', `${address}/64`, 'dev', 'eth1', 'nodad')
  const forwarding = ['ipv4/ip_forward', ...(hasIpv6 ? ['ipv6/conf/all/forwarding'] : [])]
  for (const file of forwarding) await router.run('sh', '-c', `echo 1 > /proc/sys/net/${file}`)
  for (const [network, gateway] of [
    [home, router],
    [office, inOffice],
  ] as const)
    for (const machine of network.machines.values()) {
      if (machine === router) continue
      if (gateway.ipv4) ip('-n', machine.space, 'route', 'replace', 'default', 'via', gateway.ipv4)
      if (hasIpv6 && gateway.ipv6)
        ip('-n', machine.space, '-6', 'route', 'replace', 'default', 'via', gateway.ipv6)
    }
}
