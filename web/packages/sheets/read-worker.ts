// SPDX-License-Identifier: Apache-2.0
// Reads a workbook away from the page, so that the page answers meanwhile and a file that never ends can be stopped.
import { FileRefused, rowsOfXlsx } from './read-xlsx'

self.onmessage = async (message: MessageEvent<Uint8Array>) => {
  try {
    self.postMessage({ sheet: await rowsOfXlsx(message.data) })
  } catch (error) {
    self.postMessage(error instanceof FileRefused ? { why: error.why, facts: error.facts } : { why: 'no_spreadsheet', facts: {} })
  }
}
