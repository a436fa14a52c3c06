// Why a file or a folder could not be read, in a sentence for whoever owns it.

export function isGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}

const machineFaults: readonly unknown[] = ['ERR_WORKER_INIT_FAILED', 'EMFILE', 'ENFILE', 'ENOMEM']

/** No fault of the file: no descriptor is left, or no thread can be started. In a moment it may be otherwise. */
export function isMachineFault(error: unknown): boolean {
  return machineFaults.includes((error as NodeJS.ErrnoException).code)
}

/** The system gave bytes that are no UTF-8: what they were turned into names nothing. */
export function isUnreadableName(path: string): boolean {
  return path.includes('\uFFFD')
}

export function whyUnreadable(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'This folder is not there. Its songs are kept; connect the drive it is on.'
    case 'EACCES':
    case 'EPERM':
      return 'You do not have the right to read this.'
    case 'ENOTDIR':
      return 'This is not a folder.'
    case 'ENAMETOOLONG':
      return 'Its path is too long for this system.'
    default:
      return `It cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`
  }
}
