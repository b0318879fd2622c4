// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "app/office.h"

namespace plenum::app {

/// The histories of the congresses that were asked for last, told as far as they were read: a sentence needs the state
/// after its event, so that a history is told from its beginning, but once only. May be shared by threads.
class Chronicle {
  public:
    /// Calls back for every event of the congress after a number, in order.
    using Read = std::function<void(std::int64_t after, const std::function<bool(const store::StoredEvent&)>& each)>;
    Chronicle();
    ~Chronicle();
    /// See Office::told. Others who ask for the same congress wait while its history is read.
    ToldPage page(const std::string& congress, std::int64_t after, std::size_t limit, const Read& read);
    /// Tells a congress anew from its beginning when it is asked for again: something was erased from what was told.
    void forget(const std::string& congress);

  private:
    struct History;
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<History>> histories_;
    std::uint64_t asked_ = 0;
};

}  // namespace plenum::app
