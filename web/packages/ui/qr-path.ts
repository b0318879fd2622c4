// SPDX-License-Identifier: Apache-2.0
import qrcode from 'qrcode-generator'

export interface QrPath {
  /** Modules along one side, without the quiet zone. */
  readonly size: number
  /** The dark modules as one SVG path in units of a module. */
  readonly path: string
}

/** The QR code of an address, error correction M, in the smallest version that holds it. */
export function qrPath(address: string): QrPath {
  const code = qrcode(0, 'M')
  code.addData(address)
  code.make()
  const size = code.getModuleCount()
  const runs: string[] = []
  for (let row = 0; row < size; row++) {
    for (let start = 0; start < size; start++) {
      if (!code.isDark(row, start)) continue
      let end = start
      while (end < size && code.isDark(row, end)) end++
      runs.push(`M${start} ${row}h${end - start}v1h${start - end}z`)
      start = end
    }
  }
  return { size, path: runs.join('') }
}
