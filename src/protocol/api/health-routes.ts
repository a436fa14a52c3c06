// How this host is seen: the doctor's checks on its own side.

import { Type } from 'typebox'
import type { ApiRoute } from './route.ts'

export const healthRoutes = {
  doctor: {
    method: 'GET',
    path: '/api/doctor',
    who: 'session',
    purpose:
      'Why this host may not be seen: the checks of `tonearm doctor`, made on its own machine. Takes some seconds; who asks meanwhile, or shortly after, gets the same answer. docs/doctor.md has the faults.',
    answer: Type.Object({
      isHealthy: Type.Boolean(),
      findings: Type.Array(
        Type.Object({
          check: Type.String(),
          state: Type.Union([Type.Literal('healthy'), Type.Literal('fault'), Type.Literal('unknown')]),
          fault: Type.Optional(Type.String()),
          says: Type.String(),
          fix: Type.Optional(Type.String()),
          evidence: Type.Array(Type.String()),
        }),
      ),
    }),
  },
} as const satisfies Record<string, ApiRoute>
