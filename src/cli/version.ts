// What the package says of itself that this file is in, checkout or published.

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder with the nearest package.json above this file. */
export const packageFolder = findPackageFolder(dirname(fileURLToPath(import.meta.url)))

export const version = (
  JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string }
).version

function findPackageFolder(folder: string): string {
  if (existsSync(join(folder, 'package.json')) || dirname(folder) === folder) return folder
  return findPackageFolder(dirname(folder))
}

/** Run from its sources, where nothing called `tonearm` is on the path. */
export const isCheckout = import.meta.url.endsWith('.ts')

/** Where the page is built to; in the published package it lies beside the program. */
export const pageFolder = join(packageFolder, isCheckout ? 'dist/web' : 'web')
