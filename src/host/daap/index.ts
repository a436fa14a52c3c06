// The library's side of DAAP: one endpoint per file, called as in the URL.
// Not here: login, logout, update and activity, which are about sessions, and how answers become bytes.

import type { EndpointName } from '../../protocol/index.ts'
import type { Endpoint } from '../endpoint.ts'
import { browse } from './browse.ts'
import { containerEdit } from './container-edit.ts'
import { containerItems } from './container-items.ts'
import { containers } from './containers.ts'
import { contentCodes } from './content-codes.ts'
import { databaseEdit } from './database-edit.ts'
import { databases } from './databases.ts'
import { groupArtwork } from './group-artwork.ts'
import { groups } from './groups.ts'
import { itemArtwork } from './item-artwork.ts'
import { itemStream } from './item-stream.ts'
import { items } from './items.ts'
import { serverInfo } from './server-info.ts'

export const daapEndpoints: Partial<Record<EndpointName, Endpoint>> = {
  serverInfo,
  contentCodes,
  databases,
  databaseEdit,
  containers,
  containerItems,
  containerEdit,
  items,
  itemStream,
  itemArtwork,
  groups,
  groupArtwork,
  browse,
}
