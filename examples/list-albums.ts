// Lists the albums of a host with the SDK.
//
//   node examples/list-albums.ts ADDRESS[:PORT] GUID
//
// GUID is what pairing gave, 16 hex digits: `tonearm pairings add GUID` on the host makes one known by hand.

import { connectRemote } from '../src/remote/index.ts'

const [address, guid] = process.argv.slice(2)
if (address === undefined || guid === undefined) {
  console.error('Usage: node examples/list-albums.ts ADDRESS[:PORT] GUID')
  process.exit(2)
}

const remote = await connectRemote({ address, guid })
const albums = await remote.albums()
for (const album of albums.items) console.log(`${album.title} (${album.artist})`)
await remote.close()
