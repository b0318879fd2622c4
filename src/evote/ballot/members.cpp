// SPDX-License-Identifier: Apache-2.0
#include "evote/ballot/members.h"

#include <algorithm>

#include "evote/refusals.h"

namespace plenum::evote {

namespace {

tl::unexpected<Refusal> wrong_type(std::string_view name, std::string_view wanted) {
    return refuse(base::Why::field_wrong_type, {{"wanted", wanted}}, {"", 0, 0, std::string(name)});
}

}  // namespace

Result<Members> Members::of(const Json& json) {
    if (!json.is_object()) return wrong_type("", "object");
    return Members(json.get_object());
}

const Json* Members::take(std::string_view name) {
    const auto* found = object_->if_contains({name.data(), name.size()});
    if (found) taken_.emplace_back(name);
    return found;
}

Result<const Json*> Members::any(std::string_view name) {
    const auto* found = take(name);
    if (!found) return refuse(base::Why::field_missing, {}, {"", 0, 0, std::string(name)});
    return found;
}

Result<std::string> Members::text(std::string_view name) {
    const auto* found = TRY(any(name));
    if (!found->is_string()) return wrong_type(name, "text");
    return std::string(found->get_string());
}

Result<std::uint32_t> Members::number(std::string_view name, std::uint64_t most) {
    const auto* found = TRY(any(name));
    const bool good =
        found->is_int64() && found->get_int64() >= 0 && static_cast<std::uint64_t>(found->get_int64()) <= most;
    if (!good) return refuse(Why::number_out_of_range, {}, {"", 0, 0, std::string(name)});
    return static_cast<std::uint32_t>(found->get_int64());
}

Result<const JsonArray*> Members::array(std::string_view name) {
    const auto* found = TRY(any(name));
    if (!found->is_array()) return wrong_type(name, "array");
    return &found->get_array();
}

Result<Done> Members::nothing_else() const {
    for (const auto& member : *object_)
        if (std::find(taken_.begin(), taken_.end(), std::string_view(member.key())) == taken_.end())
            return refuse(base::Why::field_unknown, {}, {"", 0, 0, std::string(member.key())});
    return Done{};
}

}  // namespace plenum::evote
