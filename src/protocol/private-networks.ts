// Addresses that lead nowhere but to this machine, its home, or its VPN (RFC 1918, 3927, 4193, 4291, 6598).

export const privateNetworks: readonly (readonly [
  network: string,
  prefix: number,
  family: 'ipv4' | 'ipv6',
])[] = [
  ['127.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'], // carriers' NAT, which VPNs such as Tailscale use
  ['::1', 128, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
]
