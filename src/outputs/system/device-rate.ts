// At which rate the device is opened: that of the song it is opened for, so that an album sounds as it is. It stays
// while the queue runs on; songs at other rates are resampled to it. Stop, pause and skip let the next song choose.

const lowestHz = 44_100
const highestHz = 192_000

/** A speech at 8,000 Hz must not take the treble from the music after it; DSD at its rate no device knows. */
export function deviceRateFor(songRateHz: number): number {
  if (songRateHz < lowestHz) return lowestHz % songRateHz === 0 ? lowestHz : 48_000
  let rateHz = songRateHz
  while (rateHz > highestHz) rateHz /= 2
  return Math.round(rateHz)
}
