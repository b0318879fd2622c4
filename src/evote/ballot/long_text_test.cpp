// SPDX-License-Identifier: Apache-2.0
#include "evote/ballot/long_text.h"

#include <doctest/doctest.h>

#include "base/texts.h"
#include "evote/refusals.h"

using namespace plenum;
using namespace plenum::evote;

namespace {

LongText three_pieces(std::size_t& written) {
    return LongText([&written](const TextSink& sink) -> Result<Done> {
        for (const std::string_view piece : {"one", "", "two-two"}) {
            TRY(sink(piece));
            ++written;
        }
        return Done{};
    });
}

}  // namespace

TEST_CASE("a long text is written anew each time, and its size and hash are those of the whole") {
    std::size_t written = 0;
    const auto text = three_pieces(written);
    CHECK(written == 3);
    CHECK(text.size() == 10);
    CHECK(text.hash() == sha256("onetwo-two"));
    for (int i = 0; i < 2; ++i) CHECK(text.whole() == "onetwo-two");
    CHECK(written == 9);
}

TEST_CASE("who refuses a piece of a long text is given no more of them") {
    std::size_t written = 0;
    const auto text = three_pieces(written);
    written = 0;
    std::string taken;
    const auto refused = text.write_to([&](std::string_view piece) -> Result<Done> {
        if (taken.size() + piece.size() > 5) return refuse(Why::archive_cut);
        taken += piece;
        return Done{};
    });
    REQUIRE_FALSE(refused);
    CHECK(refused.error().name() == "evote.archive_cut");
    CHECK(taken == "one");
    CHECK(written == 2);
}
