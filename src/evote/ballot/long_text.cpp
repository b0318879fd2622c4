// SPDX-License-Identifier: Apache-2.0
#include "evote/ballot/long_text.h"

#include "evote/ballot/hash.h"

namespace plenum::evote {

LongText::LongText(std::function<Result<Done>(const TextSink&)> write) : write_(std::move(write)) {
    Sha256 hash;
    const auto written = write_([&](std::string_view piece) -> Result<Done> {
        hash.add(piece);
        size_ += piece.size();
        return Done{};
    });
    invariant(written.has_value());  // the sink refuses nothing
    hash_ = hash.finish();
}

std::string LongText::whole() const {
    std::string out;
    out.reserve(size_);
    const auto written = write_([&](std::string_view piece) -> Result<Done> {
        out += piece;
        return Done{};
    });
    invariant(written.has_value() && out.size() == size_);
    return out;
}

}  // namespace plenum::evote
