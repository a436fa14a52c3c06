// Which ports are listened to: one on each address, all with the same number, and with "any" the one taken last time.

import { KnownError } from '../../errors.ts'
import type { DataDirectory } from '../data/data-directory.ts'
import { type HttpServer, type HttpServerOptions, listen } from '../http/http-server.ts'
import { shownAddress } from '../network/machine-addresses.ts'

export interface PortOptions {
  readonly dataDirectory: DataDirectory
  /** 0: the port kept in the data directory, else a free one, which is kept from then on. */
  readonly port: number
  /** None: all addresses of this machine. */
  readonly listen?: readonly string[] | undefined
}

/** The first finds the port. PORT_IN_USE, ADDRESS_NOT_USABLE. */
export async function listenOnAll(options: PortOptions, carrying: HttpServerOptions): Promise<HttpServer[]> {
  const addresses = options.listen && options.listen.length > 0 ? options.listen : [undefined]
  const servers: HttpServer[] = []
  try {
    for (const host of addresses) {
      const port = servers[0]?.port ?? options.port
      servers.push(await listenOnKept(options.dataDirectory, carrying, { host, port }))
    }
  } catch (error) {
    await Promise.all(servers.map((server) => server.close()))
    throw error
  }
  return servers
}

/** Port 0 means the one taken last time, as long as it is free. */
async function listenOnKept(
  dataDirectory: DataDirectory,
  carrying: HttpServerOptions,
  { host, port }: { host: string | undefined; port: number },
): Promise<HttpServer> {
  if (port !== 0) return await listen(carrying, { host, port })
  const server = await listenOnOld(dataDirectory.keptPort, carrying, host)
  const kept = server ?? (await listen(carrying, { host, port: 0 }))
  dataDirectory.keepPort(kept.port)
  return kept
}

async function listenOnOld(
  port: number | undefined,
  carrying: HttpServerOptions,
  host: string | undefined,
): Promise<HttpServer | undefined> {
  if (port === undefined) return undefined
  try {
    return await listen(carrying, { host, port })
  } catch (error) {
    if (error instanceof KnownError && error.code === 'PORT_IN_USE') return undefined
    throw error
  }
}

/** By which others reach it, when it listens on this address. */
export function urlOf(listenAddress: string | undefined, port: number): string {
  const isAll = listenAddress === undefined || listenAddress === '::' || listenAddress === '0.0.0.0'
  const address = isAll ? shownAddress() : listenAddress
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`
}
