// The plain sleeve of an album without a picture: one of eight grounds, always the same one for the same album.

export const sleeveHues = [25, 60, 110, 160, 205, 250, 295, 340] as const

export function sleeveNumber(id: string): number {
  let sum = 0
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521
  return sum % sleeveHues.length
}
