// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstring>
#include <type_traits>

namespace plenum {

/// Holds a secret of fixed size: wiped at the end, never copied, never printed. The source it is made from is wiped
/// too. Owning buffers and big integers have wiping owners of their own: a std::string's heap would survive the wipe.
template <class T>
class Secret {
    static_assert(std::is_trivially_copyable_v<T>);

  public:
    explicit Secret(T& value) : value_(value) { explicit_bzero(&value, sizeof value); }
    ~Secret() { explicit_bzero(&value_, sizeof value_); }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    const T& reveal() const { return value_; }  // searching for reveal() finds every use of a secret

  private:
    T value_;
};

}  // namespace plenum
