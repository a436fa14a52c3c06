// What a language has to say: a message for each key of the English tables.

import type { en, Message } from './en.ts'
import type { enLater } from './en-later.ts'

export type MessageKey = keyof typeof en | keyof typeof enLater
export type Messages = Readonly<Record<MessageKey, Message>>
