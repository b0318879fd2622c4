// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/office.h"

namespace plenum::app {

/// Tells the events of a journal as sentences, one after the other; keeps the state that a sentence needs.
class Teller {
  public:
    /// books  the state before the first event
    explicit Teller(Books books = {}) : books_(std::move(books)) {}
    /// The sentence of the next event; empty for one that is not told (the journal's own).
    Text tell(const store::StoredEvent& event);

  private:
    Books books_;
};

}  // namespace plenum::app
