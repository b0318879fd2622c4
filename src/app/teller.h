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

/// The sentences of events that did not happen (yet), told on a copy of the congress they are about and of its
/// elections. cost  that copy: some ms with 5,000 delegates
std::vector<Text> sentences_of(const Books& books, const std::string& congress, std::span<const store::NewEvent> events,
                               UtcTime at);

}  // namespace plenum::app
