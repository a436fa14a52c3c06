/** Who this host is: stable over restarts. */
export interface Identity {
  /** 64-bit: DbId of the announcements, `mper` of the main database. */
  readonly databaseId: bigint
  /** The same as 16 upper-case hex digits. */
  readonly databaseIdHex: string
  /** Instance label of `_touch-able._tcp`, by which remotes file their pairing: `servicename` of /pair. */
  readonly instanceName: string
  /** The library's name as people see it. */
  readonly name: string
  /** Hardware addresses of this machine, "d4:9a:20:d1:5e:63", for remotes that want to wake it. */
  readonly macAddresses: readonly string[]
  /** How plain DAAP players come in: 'password' makes msau 2. */
  readonly sharing: 'none' | 'open' | 'password'
}
