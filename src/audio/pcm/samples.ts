// The ways one uncompressed sample is written, and how each becomes a number from -1 to 1.

interface SampleRow {
  readonly bytes: number
  read(view: DataView, offset: number): number
}

const isLittle = true
const finite = (value: number) => (Number.isFinite(value) ? value : 0)

function int24(view: DataView, low: number, middle: number, high: number): number {
  return ((view.getInt8(high) << 16) | (view.getUint8(middle) << 8) | view.getUint8(low)) / 2 ** 23
}

export const sampleKinds = {
  u8: { bytes: 1, read: (view, at) => (view.getUint8(at) - 128) / 128 },
  s8: { bytes: 1, read: (view, at) => view.getInt8(at) / 128 },
  s16le: { bytes: 2, read: (view, at) => view.getInt16(at, isLittle) / 2 ** 15 },
  s16be: { bytes: 2, read: (view, at) => view.getInt16(at) / 2 ** 15 },
  s24le: { bytes: 3, read: (view, at) => int24(view, at, at + 1, at + 2) },
  s24be: { bytes: 3, read: (view, at) => int24(view, at + 2, at + 1, at) },
  s32le: { bytes: 4, read: (view, at) => view.getInt32(at, isLittle) / 2 ** 31 },
  s32be: { bytes: 4, read: (view, at) => view.getInt32(at) / 2 ** 31 },
  f32le: { bytes: 4, read: (view, at) => finite(view.getFloat32(at, isLittle)) },
  f32be: { bytes: 4, read: (view, at) => finite(view.getFloat32(at)) },
  f64le: { bytes: 8, read: (view, at) => finite(view.getFloat64(at, isLittle)) },
  f64be: { bytes: 8, read: (view, at) => finite(view.getFloat64(at)) },
} as const satisfies Record<string, SampleRow>

export type SampleKind = keyof typeof sampleKinds
