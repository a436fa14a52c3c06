// Whether a folder is on a network share: what others change there, the system does not tell.

import { statfs } from 'node:fs/promises'

/** `f_type` of statfs(2), by include/uapi/linux/magic.h: NFS, SMB, CIFS, SMB2, 9p, AFS, Ceph, FUSE, VirtualBox. */
const networkTypes: ReadonlySet<number> = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997, 0x5346414f, 0x00c36400, 0x65735546, 0x786f4256,
])

export async function isOnNetwork(folder: string): Promise<boolean> {
  if (process.platform !== 'linux') return folder.startsWith('\\\\')
  try {
    return networkTypes.has((await statfs(folder)).type >>> 0)
  } catch {
    return false
  }
}
