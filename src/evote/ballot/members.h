// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"

namespace plenum::evote {

/// The members of a JSON object, taken by name; what was not taken is unknown and refused by nothing_else().
/// For the few texts that may be formatted in any way (election, trustees); the object must outlive it.
class Members {
  public:
    /// Refuses field_wrong_type where `json` is no object.
    static Result<Members> of(const Json& json);

    const Json* take(std::string_view name);
    Result<std::string> text(std::string_view name);
    /// 0 to most; refuses number_out_of_range.
    Result<std::uint32_t> number(std::string_view name, std::uint64_t most);
    Result<const Json*> any(std::string_view name);
    Result<const JsonArray*> array(std::string_view name);
    Result<Done> nothing_else() const;

  private:
    explicit Members(const JsonObject& object) : object_(&object) {}
    const JsonObject* object_;
    std::vector<std::string> taken_;
};

}  // namespace plenum::evote
