// SPDX-License-Identifier: Apache-2.0
// A proposal for sharing out the seats of the delegates. The server shares them out itself when the act says
// `largest_remainder`; this is for looking at before, and for changing by hand.

export interface Share {
  readonly id: string
  readonly members: number
}

/**
 * Largest remainder (Hare) with a least number of seats for each: everybody gets the least, the seats left go by members.
 * Whole numbers only. Null where the seats don't suffice, or where a tie would have to be drawn by lot.
 */
export function proposal(seats: number, shares: readonly Share[], least: number): ReadonlyMap<string, number> | null {
  const floor = Math.max(0, least)
  const members = shares.reduce((sum, share) => sum + share.members, 0)
  if (members <= 0 || seats < floor * shares.length || shares.some((share) => share.members <= 0)) return null
  const given = new Map<string, number>()
  let open = shares
  let left = seats
  // Who is due less than the least gets the least, and the rest is shared among the others.
  for (;;) {
    const among = open.reduce((sum, share) => sum + share.members, 0)
    const below = open.filter((share) => share.members * left < floor * among)
    if (below.length === 0) break
    for (const share of below) given.set(share.id, floor)
    left -= floor * below.length
    open = open.filter((share) => !below.includes(share))
    if (open.length === 0) return left === 0 ? given : null
  }
  const among = open.reduce((sum, share) => sum + share.members, 0)
  const rows = open.map((share) => ({ id: share.id, whole: Math.floor((share.members * left) / among), rest: (share.members * left) % among }))
  let remaining = left - rows.reduce((sum, row) => sum + row.whole, 0)
  const byRest = [...rows].sort((a, b) => b.rest - a.rest)
  if (remaining > 0 && remaining < byRest.length && byRest[remaining - 1]?.rest === byRest[remaining]?.rest) return null
  for (const row of byRest) {
    given.set(row.id, row.whole + (remaining > 0 ? 1 : 0))
    remaining--
  }
  return given
}
