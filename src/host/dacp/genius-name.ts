/** What the queue of a Genius Shuffle was started from, as it is shown. */
export const geniusShuffleName = 'Genius Shuffle'
