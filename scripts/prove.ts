// npm run prove -- NAME…: what takes too long for the tests, shown once in full. Each proof is a file in test/proofs/;
// its result is kept in docs/proofs/.

import { globSync, mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { basename, join } from 'node:path'
import type { Proof } from '../test/proofs/proof.ts'

const root = join(import.meta.dirname, '..')
const names = globSync('*.ts', { cwd: join(root, 'test/proofs') })
  .map((file) => basename(file, '.ts'))
  .filter((name) => name !== 'proof' && !name.endsWith('.test'))
  .toSorted()
const wanted = process.argv.slice(2)

if (wanted.includes('--help') || wanted.length === 0)
  console.log(
    `Usage: npm run prove -- NAME…\n\nRuns these in full and writes each result to docs/proofs/: ${names.join(', ')}.\nEnds with 1 when one does not hold.`,
  )
else
  for (const name of wanted) {
    if (names.includes(name)) await prove(name)
    else {
      console.error(`prove: no proof "${name}"; there are ${names.join(', ')}`)
      process.exitCode = 1
    }
  }

async function prove(name: string): Promise<void> {
  const { proof } = (await import(`../test/proofs/${name}.ts`)) as { proof: Proof }
  const startMs = performance.now()
  const { holds, findings } = await proof.run((progress) => process.stderr.write(`${progress}\n`))
  const seconds = Math.round((performance.now() - startMs) / 1000)
  const verdict = holds ? 'Holds.' : 'DOES NOT HOLD.'
  const when = new Date().toISOString().slice(0, 10)
  const where = `${cpus().length} cores, ${cpus()[0]?.model.trim()}, Node ${process.versions.node}`
  const text = `# ${name}

${proof.claim}

**${verdict}** \`npm run prove -- ${name}\`, ${when}, ${seconds} s; ${where}.

${findings.map((finding) => `* ${finding}`).join('\n')}
`
  console.log(text)
  mkdirSync(join(root, 'docs/proofs'), { recursive: true })
  writeFileSync(join(root, 'docs/proofs', `${name}.md`), text)
  if (!holds) process.exitCode = 1
}
