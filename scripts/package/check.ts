// Whether a built package would work where it is installed: doors that open, imports that resolve, nothing extra.

import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join } from 'node:path'
import type { PublishedManifest } from './manifest.ts'

const importPattern = /(?:\bfrom|^import|\bimport\()\s*['"]([^'"\n]+)['"]/gm

/** Sentences, one per fault; none when the package is sound. */
export function checkPackage(folder: string): string[] {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PublishedManifest
  return [...doorFaults(folder, manifest), ...importFaults(folder, manifest), ...strayFaults(folder)]
}

function doorFaults(folder: string, { bin, exports }: PublishedManifest): string[] {
  const faults: string[] = []
  const targets = Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target),
  )
  for (const target of [...targets, bin.tonearm])
    if (!existsSync(join(folder, target))) faults.push(`package.json names ${target}, which is not there`)
  const started = join(folder, bin.tonearm)
  if (existsSync(started) && !readFileSync(started, 'utf8').startsWith('#!/usr/bin/env node\n'))
    faults.push(`${bin.tonearm} does not start with a line that names node`)
  if (existsSync(started) && process.platform !== 'win32' && (statSync(started).mode & 0o111) === 0)
    faults.push(`${bin.tonearm} is not executable`)
  return faults
}

function importFaults(folder: string, manifest: PublishedManifest): string[] {
  const faults: string[] = []
  const installed = { ...manifest.dependencies, ...manifest.optionalDependencies }
  const missing = (specifier: string, file: string): string | undefined => {
    if (specifier.startsWith('.')) {
      const target = join(folder, dirname(file), specifier)
      const isThere = existsSync(target) || existsSync(target.replace(/\.js$/, '.d.ts'))
      return isThere ? undefined : 'which is not there'
    }
    if (specifier.startsWith('node:')) return
    if (builtinModules.includes(specifier)) return 'without "node:"'
    const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
    return name in installed ? undefined : 'which is not among the dependencies'
  }
  for (const file of globSync('lib/**/*.{js,d.ts}', { cwd: folder })) {
    for (const [, specifier = ''] of readFileSync(join(folder, file), 'utf8').matchAll(importPattern)) {
      const fault = missing(specifier, file)
      if (fault) faults.push(`${file} imports ${specifier}, ${fault}`)
    }
  }
  return faults
}

function strayFaults(folder: string): string[] {
  return globSync('{lib,bin}/**/*.{ts,tsx,test.js}', { cwd: folder })
    .filter((file) => !file.endsWith('.d.ts'))
    .map((file) => `${file} does not belong into the package`)
}
