// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>

#include "base/texts.h"

namespace plenum::texts {

/// Where a key and its sentence stand in the words of a language: the key from `key` to `sentence`, the sentence from
/// there to `end`. Offsets and not views, so that the loader has no addresses to write when the program starts.
struct Sentence {
    std::uint32_t key, sentence, end;
};

/// All sentences of a language, sorted by their keys.
struct Sentences {
    const char* words = nullptr;
    std::span<const Sentence> all;

    std::string_view key(const Sentence& each) const { return {words + each.key, each.sentence - each.key}; }
    std::string_view sentence(const Sentence& each) const { return {words + each.sentence, each.end - each.sentence}; }
};

/// Written at build time from texts/ by cmake/write_texts.cpp.
Sentences sentences_in(Language language);

}  // namespace plenum::texts
