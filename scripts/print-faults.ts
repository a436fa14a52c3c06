// docs/doctor.md with the table of faults from the checks in src/doctor/. `--write` writes it, without it is printed.

import { writeFileSync } from 'node:fs'
import { checks } from '../src/doctor/index.ts'

export function doctorPage(): string {
  const rows = checks.flatMap(({ name, faults }) =>
    Object.entries(faults).map(
      ([fault, { says, fix }]) => `| ${name} | \`${fault}\` | ${cell(says)} | ${cell(fix)} |`,
    ),
  )
  return `# When something is not seen

\`tonearm doctor\` looks at this machine and its network; \`tonearm doctor HOST\` (a name or an address) also at that
library, pairing remote or speaker. Run it on the machine that does not see the other one. It goes through these checks:

${checks.map(({ name, asks }) => `* **${name}**: ${asks}`).join('\n')}

Each ends healthy (✓), with a fault (✗) and its fix, or unknown (–) where something else has to work first or may not be
looked at: without the rights of root the firewall's rules cannot be read, all else is the same. The exit status is 1 when
there is a fault. \`--json\` prints \`{ patient, isHealthy, findings: [{ check, state, fault, says, fix, evidence }] }\`.
It sends a few questions by multicast, one call to each address, and a ping where a port is silent; it changes nothing, and ends within
half a minute. A host does the same for itself on \`GET /api/doctor\`, which the SDK offers as \`remote.doctor()\`.

| Check | Fault | Says | Fix |
| --- | --- | --- | --- |
${rows.join('\n')}

This page is printed by \`node scripts/print-faults.ts --write\`.
`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

if (import.meta.main) {
  if (process.argv.includes('--help'))
    console.log('node scripts/print-faults.ts [--write]   prints or writes docs/doctor.md')
  else if (process.argv.includes('--write')) writeFileSync('docs/doctor.md', doctorPage())
  else console.log(doctorPage())
}
