// SPDX-License-Identifier: Apache-2.0
#include "base/shape.h"

#include <boost/core/demangle.hpp>

namespace plenum::fields_detail {

std::string shape_name(const std::type_info& type) {
    auto name = boost::core::demangle(type.name());
    for (const std::string_view part : {"plenum::", "(anonymous namespace)::"})
        for (auto at = name.find(part); at != std::string::npos; at = name.find(part)) name.erase(at, part.size());
    for (auto at = name.find("::"); at != std::string::npos; at = name.find("::")) name.replace(at, 2, ".");
    return name;
}

std::vector<ShapeMember> members_of(std::span<const FieldShape> fields) {
    std::vector<ShapeMember> out;
    for (const auto& field : fields)
        out.push_back({std::string(field.name), std::string(field.about), field.personal, field.shape(), field.bounds});
    return out;
}

}  // namespace plenum::fields_detail
