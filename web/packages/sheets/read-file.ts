// SPDX-License-Identifier: Apache-2.0
import { FileRefused, limits, type FileRefusal, type SheetRows } from './read-xlsx'

const longestMs = 60_000

/** Reads the first sheet of an XLSX file in a worker; refuses what `mustBeSane` refuses, and what takes too long. */
export async function readXlsxFile(file: File): Promise<SheetRows> {
  if (file.size > limits.fileBytes) throw new FileRefused('too_big', { most: limits.fileBytes / 1024 / 1024 })
  const data = new Uint8Array(await file.arrayBuffer())
  const worker = new Worker(new URL('./read-worker.ts', import.meta.url), { type: 'module' })
  try {
    return await new Promise<SheetRows>((resolve, reject) => {
      const late = setTimeout(() => reject(new FileRefused('took_too_long')), longestMs)
      worker.onmessage = (message: MessageEvent<{ sheet?: SheetRows; why?: FileRefusal; facts?: Record<string, string | number> }>) => {
        clearTimeout(late)
        const { sheet, why, facts } = message.data
        if (sheet !== undefined) resolve(sheet)
        else reject(new FileRefused(why ?? 'no_spreadsheet', facts))
      }
      worker.onerror = () => {
        clearTimeout(late)
        reject(new FileRefused('no_spreadsheet'))
      }
      worker.postMessage(data, [data.buffer])
    })
  } finally {
    worker.terminate()
  }
}
