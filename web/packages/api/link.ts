// SPDX-License-Identifier: Apache-2.0

/**
 * Takes the secret of a link from the fragment and removes it from the address bar, so that nobody reads it there and it
 * stays out of the browser's history. Null where there is none.
 */
export function takeSecret(
  location: Pick<Location, 'hash' | 'pathname' | 'search'>,
  history: Pick<History, 'replaceState'>,
): string | null {
  const secret = location.hash.slice(1)
  if (secret === '') return null
  history.replaceState(null, '', location.pathname + location.search)
  return secret
}
