// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/office.h"

namespace plenum::app {

/// Tells two people who change the same thing apart: refuses changed_meanwhile (actor, at, seq) if, after the event
/// `ask.seen`, somebody changed what the act changes. For the register that is the member or organisation it names; for
/// a congress or an election what an act of the same name did there, of many acts only to the same delegates, units or
/// persons (docs/formats/desk.md). Without `seen` it never refuses.
///
/// cost  the events of one stream after `seen`
Result<Done> must_be_unchanged(const Ask& ask, store::Db& db);

}  // namespace plenum::app
