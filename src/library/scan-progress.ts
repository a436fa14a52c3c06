// How far a scan is, what came of it, and what it leaves out.

export interface ScanProgress {
  readonly state: 'idle' | 'scanning'
  readonly filesFound: number
  readonly filesRead: number
  /** The last finished scan; undefined before the first. */
  readonly last: ScanResult | undefined
  /** A sentence when the last scan failed, as on a full disk. */
  readonly trouble?: string | undefined
}

export interface ScanResult {
  readonly tracks: number
  readonly added: number
  readonly changed: number
  readonly removed: number
  readonly failed: number
  readonly seconds: number
}

export interface ScanFailure {
  readonly path: string
  /** A sentence a person understands. */
  readonly reason: string
}

export interface ScanOptions {
  /** Every file is read again. */
  readonly isFull?: boolean
  /** Absolute path of a music folder, or of a folder or file in one. */
  readonly folder?: string | undefined
  /** Calls the scan off, unless somebody else waits for it too. */
  readonly signal?: AbortSignal | undefined
}
