// SPDX-License-Identifier: Apache-2.0
#include "base/fields.h"

namespace plenum {

Result<std::string> fields_detail::text_from(const Json& json, Reading reading, Lines lines) {
    constexpr std::size_t most = 1'000'000;
    if (!json.is_string()) return wrong_type("text");
    std::string out(json.get_string());
    if (out.size() > most) return refuse(base::Why::text_too_long, {{"most", most}});
    if (reading == Reading::complete) TRY(check_written(out, lines));
    return out;
}

Json join_parts(Json impersonal, const Json& personal) {
    if (impersonal.is_object() && personal.is_object()) {
        for (const auto& [name, value] : personal.get_object()) {
            auto* found = impersonal.get_object().if_contains(name);
            if (found)
                *found = join_parts(std::move(*found), value);
            else
                impersonal.get_object()[name] = value;
        }
    } else if (impersonal.is_array() && personal.is_array()) {
        auto& items = impersonal.get_array();
        const auto& more = personal.get_array();
        for (std::size_t i = 0; i < items.size() && i < more.size(); ++i)
            items[i] = join_parts(std::move(items[i]), more[i]);
    }
    return impersonal;
}

}  // namespace plenum
