// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "base/texts.h"

namespace plenum::count {

struct Count;

/// The transfers as an SVG: a column for each round, a band for each candidate as high as the votes, and bands between
/// them for what went where. Rules that count everything anew keep no single transfers; there, what candidates lost and
/// gained meets in one grey node. Of more than 24 candidates the weakest share one band. The few words in it stand in
/// all languages, as `in_all_languages` writes them. language  of what is said under the pointer
std::string picture_of(const Count& count, Language language);

/// A text in every language, each in its own `element` with its tag; the page's style shows the chosen one.
std::string in_all_languages(std::string_view element, const Text& text);

}  // namespace plenum::count
