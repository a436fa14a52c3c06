// Drawn for Tonearm on a grid of 24: lines of 1.7 with round ends, or solid. Those marked mirror for right to left.

interface Drawing {
  readonly path: string
  readonly isSolid?: true
  readonly isMirrored?: true
}

export const drawings = {
  play: {
    path: 'M8 5.3v13.4c0 .8.9 1.2 1.5.8l10-6.7c.6-.4.6-1.2 0-1.6l-10-6.7C8.9 4.1 8 4.5 8 5.3z',
    isSolid: true,
  },
  pause: {
    path: 'M7.7 5h2.1c.4 0 .7.3.7.7v12.6c0 .4-.3.7-.7.7H7.7c-.4 0-.7-.3-.7-.7V5.7c0-.4.3-.7.7-.7zM14.2 5h2.1c.4 0 .7.3.7.7v12.6c0 .4-.3.7-.7.7h-2.1c-.4 0-.7-.3-.7-.7V5.7c0-.4.3-.7.7-.7z',
    isSolid: true,
  },
  next: {
    path: 'M5 6.3v11.4c0 .7.8 1.1 1.4.7l8.6-5.8v4.7c0 .4.3.7.7.7h1.2c.4 0 .7-.3.7-.7V6.7c0-.4-.3-.7-.7-.7h-1.2c-.4 0-.7.3-.7.7v4.7L6.4 5.6C5.8 5.2 5 5.6 5 6.3z',
    isSolid: true,
  },
  previous: {
    path: 'M19 6.3v11.4c0 .7-.8 1.1-1.4.7L9 12.6v4.7c0 .4-.3.7-.7.7H7.1c-.4 0-.7-.3-.7-.7V6.7c0-.4.3-.7.7-.7h1.2c.4 0 .7.3.7.7v4.7l8.6-5.8c.6-.4 1.4 0 1.4.7z',
    isSolid: true,
  },
  shuffle: {
    path: 'M3 7h3c2.2 0 3.5 1.1 4.6 3l2.8 4.8c1 1.7 2.3 2.2 4 2.2H21M3 17h3c1.7 0 3-.7 4-2.2l.5-.8M13 9.9l.4-.7C14.4 7.5 15.7 7 17.4 7H21M18.5 4.5 21 7l-2.5 2.5M18.5 14.5 21 17l-2.5 2.5',
  },
  repeat: {
    path: 'M4 11.5V10a4 4 0 0 1 4-4h11.5M17 3.5 19.5 6 17 8.5M20 12.5V14a4 4 0 0 1-4 4H4.5M7 15.5 4.5 18 7 20.5',
  },
  'repeat-one': {
    path: 'M4 11.5V10a4 4 0 0 1 4-4h11.5M17 3.5 19.5 6 17 8.5M20 12.5V14a4 4 0 0 1-4 4H4.5M7 15.5 4.5 18 7 20.5M11 10.7l1.3-.8v4.3',
  },
  volume: { path: 'M4 10v4h3l4.5 3.5v-11L7 10zM15 9.5a3.6 3.6 0 0 1 0 5M17.6 7a7.1 7.1 0 0 1 0 10' },
  'volume-low': { path: 'M4 10v4h3l4.5 3.5v-11L7 10zM15 9.5a3.6 3.6 0 0 1 0 5' },
  mute: { path: 'M4 10v4h3l4.5 3.5v-11L7 10zM15.5 10l4 4M19.5 10l-4 4' },
  speaker: {
    path: 'M8.5 3.5h7a1.5 1.5 0 0 1 1.5 1.5v14a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 7 19V5a1.5 1.5 0 0 1 1.5-1.5zM12 17.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM12 7.5v.01',
  },
  speakers: {
    path: 'M5 5.5h5.5a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-12a1 1 0 0 1 1-1zM7.75 16.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM7.75 9v.01M15 3.5h4a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1h-4M17 14.5a2 2 0 0 0 0-4M17 7v.01',
  },
  headphones: {
    path: 'M4.5 15v-2.5a7.5 7.5 0 0 1 15 0V15M4.5 15H7a1 1 0 0 1 1 1v3.5a1 1 0 0 1-1 1H6A1.5 1.5 0 0 1 4.5 19zM19.5 15H17a1 1 0 0 0-1 1v3.5a1 1 0 0 0 1 1h1a1.5 1.5 0 0 0 1.5-1.5z',
  },
  queue: { path: 'M4 6h16M4 12h8M4 18h8M16 11.8v6.4l4.8-3.2z', isMirrored: true },
  'play-next': { path: 'M4 5v5.5l4.3-2.75zM11.5 7.75H20M4 14h16M4 19h16', isMirrored: true },
  'play-later': { path: 'M4 5h16M4 10h16M4 13.5V19l4.3-2.75zM11.5 16.25H20', isMirrored: true },
  search: { path: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.3 15.3 20.5 20.5' },
  album: { path: 'M4 4.5h11.5v15H4zM15.5 7.2a5 5 0 0 1 0 9.6M15.5 11a1.2 1.2 0 0 1 0 2', isMirrored: true },
  artist: {
    path: 'M12 14a3 3 0 0 0 3-3V6.5a3 3 0 0 0-6 0V11a3 3 0 0 0 3 3zM6 11.5a6 6 0 0 0 12 0M12 17.5v3',
  },
  song: {
    path: 'M9.5 17.5V6.2l9.5-2v11.3M9.5 17.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM19 15.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z',
  },
  genre: { path: 'M4.5 4.5h7l8 8-7 7-8-8zM8.5 8.5v.01' },
  composer: { path: 'M4.5 19.5l1-4.3L16 4.7l3.3 3.3L8.8 18.5zM13.7 7l3.3 3.3' },
  playlist: {
    path: 'M4 6.5h11M4 11.5h9M4 16.5h6M18 16.8V8l3-.8M18 16.8a2.2 2.2 0 1 1-4.4 0 2.2 2.2 0 0 1 4.4 0z',
  },
  smart: { path: 'M4 5.5h16l-6.2 7.3v6.2l-3.6-2v-4.2z' },
  recent: { path: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 7.5V12l3 2' },
  'most-played': { path: 'M5 19.5v-5M10 19.5v-10M15 19.5v-7M20 19.5v-15' },
  settings: {
    path: 'M4 7.5h7M17 7.5h3M4 16.5h3M13 16.5h7M14 10.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM10 19.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  },
  more: {
    path: 'M5.5 10.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2zM12 10.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2zM18.5 10.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2z',
    isSolid: true,
  },
  handle: { path: 'M5 9.5h14M5 14.5h14' },
  close: { path: 'M6 6l12 12M18 6 6 18' },
  back: { path: 'M14.5 5 8 12l6.5 7', isMirrored: true },
  forward: { path: 'M9.5 5 16 12l-6.5 7', isMirrored: true },
  down: { path: 'M5 9l7 6.5L19 9' },
  up: { path: 'M5 15l7-6.5L19 15' },
  check: { path: 'M5 12.5l4.5 4.5L19 7' },
  plus: { path: 'M12 5v14M5 12h14' },
  minus: { path: 'M5 12h14' },
  undo: { path: 'M8.5 5 4.5 9l4 4M5 9h9a5 5 0 0 1 0 10h-3.5', isMirrored: true },
  remove: { path: 'M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7' },
  warn: { path: 'M12 4.5 20.5 19h-17zM12 10v4.2M12 16.7v.01' },
  offline: {
    path: 'M4 4l16 16M8.3 15.6a5.2 5.2 0 0 1 5.3-1.1M5.3 12.2a9.6 9.6 0 0 1 4.2-2.5M18.7 12.2a9.6 9.6 0 0 0-5-2.7M2.5 8.8a14 14 0 0 1 3.3-2.2M21.5 8.8a14 14 0 0 0-11-3.6M12 19v.01',
  },
  lyrics: { path: 'M4 5h16v11h-8.5L7.5 19.5V16H4zM8 9h8M8 12.3h5', isMirrored: true },
  star: { path: 'M12 4.2l2.4 5 5.4.7-4 3.8 1 5.4-4.8-2.6-4.8 2.6 1-5.4-4-3.8 5.4-.7z' },
  'star-full': {
    path: 'M12 3.7l2.6 5.3 5.8.8-4.2 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8-4.2-4.1 5.8-.8z',
    isSolid: true,
  },
  copy: { path: 'M9 9h10.5v11H9zM15 9V4.5H4.5v11H9' },
  phone: { path: 'M8 3.5h8a1 1 0 0 1 1 1v15a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1zM11 17.5h2' },
  host: { path: 'M4 5h16v10.5H4zM8.5 19.5h7M12 15.5v4' },
  folder: { path: 'M3.5 6h6l2 2.5h9V19h-17z' },
  doctor: { path: 'M3 12.5h4l2.5-6.5 4.5 12 2.5-5.5H21' },
  info: { path: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 11v5M12 7.8v.01' },
  lock: { path: 'M6 10.5h12v9.5H6zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5' },
  save: { path: 'M4 6.5h11M4 11.5h7M4 16.5h5M17 12v8M13 16h8', isMirrored: true },
  sort: { path: 'M7.5 5v14M7.5 19l-3-3M7.5 19l3-3M13 6.5h7.5M13 11.5h5.5M13 16.5h3.5', isMirrored: true },
} as const satisfies Record<string, Drawing>

export type IconName = keyof typeof drawings
