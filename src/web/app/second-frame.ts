// What the first frame does without: till it is drawn nobody has heard what plays, nor chosen anything.

export { BottomDeck } from './bottom-deck.tsx'
export { Deck } from './deck.tsx'
export { MiniPlayer } from './mini-player.tsx'
export { SelectionBar } from './selection-bar.tsx'
export { NowPlayingTold } from './told.ts'
