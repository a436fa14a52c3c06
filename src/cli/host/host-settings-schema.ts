// What the settings of a host look like, in the TOML file as in the environment.

import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'

const texts = Type.Array(Type.String({ minLength: 1 }), { maxItems: 64 })

/** One row a setting; the names are those of the TOML file. */
const settingsSchema = Type.Object(
  {
    folders: Type.Optional(texts),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
    port: Type.Optional(Type.Integer({ minimum: 0, maximum: 65535 })),
    listen: Type.Optional(texts),
    'secure-port': Type.Optional(Type.Integer({ minimum: 1, maximum: 65535 })),
    certificate: Type.Optional(Type.String({ minLength: 1, maxLength: 4096 })),
    key: Type.Optional(Type.String({ minLength: 1, maxLength: 4096 })),
    outputs: Type.Optional(texts),
    announce: Type.Optional(Type.Boolean()),
    share: Type.Optional(Type.Boolean()),
    'share-password': Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
    'allowed-hosts': Type.Optional(texts),
    'allowed-networks': Type.Optional(texts),
    rescan: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)

export type HostSettings = Static<typeof settingsSchema>
export const checker = Compile(settingsSchema)
