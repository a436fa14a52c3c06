// Four digits that can be read from across the room.

const height = 5
/** Rows from top to bottom, three columns each. */
const shapes: Readonly<Record<string, readonly string[]>> = {
  '0': ['███', '█ █', '█ █', '█ █', '███'],
  '1': [' █ ', '██ ', ' █ ', ' █ ', '███'],
  '2': ['███', '  █', '███', '█  ', '███'],
  '3': ['███', '  █', '███', '  █', '███'],
  '4': ['█ █', '█ █', '███', '  █', '  █'],
  '5': ['███', '█  ', '███', '  █', '███'],
  '6': ['███', '█  ', '███', '█ █', '███'],
  '7': ['███', '  █', '  █', '  █', '  █'],
  '8': ['███', '█ █', '███', '█ █', '███'],
  '9': ['███', '█ █', '███', '  █', '███'],
}

/** Lines of block characters, each column doubled since letters are narrow. */
export function bigDigits(digits: string): string[] {
  return Array.from({ length: height }, (_, row) =>
    Array.from(digits, (digit) => (shapes[digit]?.[row] ?? '').replace(/./gu, '$&$&')).join('    '),
  )
}
