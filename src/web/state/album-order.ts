// In which order the albums stand, as this browser keeps it.

import { keep, kept } from './kept.ts'

export const albumOrders = ['artist', 'title', 'year'] as const
export type AlbumOrder = (typeof albumOrders)[number]

export function keptAlbumOrder(): AlbumOrder {
  const name = kept('album-order')
  return albumOrders.find((order) => order === name) ?? 'artist'
}

export const keepAlbumOrder = (order: AlbumOrder): void => keep('album-order', order)
