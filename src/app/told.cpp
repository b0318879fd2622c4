// SPDX-License-Identifier: Apache-2.0
#include "app/told.h"

#include <algorithm>

#include "app/teller.h"

namespace plenum::app {

struct Chronicle::History {
    std::uint64_t asked = 0;  ///< when it was asked for last, guarded by Chronicle::mutex_
    std::mutex mutex;         ///< guards what follows
    Teller teller;
    std::vector<Told> told;
};

namespace {
/// Told histories kept; at some 600 bytes an event they are not many.
constexpr std::size_t most_histories = 4;
}  // namespace

Chronicle::Chronicle() = default;
Chronicle::~Chronicle() = default;

ToldPage Chronicle::page(const std::string& congress, std::int64_t after, std::size_t limit, const Read& read) {
    std::shared_ptr<History> history;
    {
        const std::lock_guard lock(mutex_);
        auto& kept = histories_[congress];
        if (!kept) kept = std::make_shared<History>();
        kept->asked = ++asked_;
        history = kept;
        if (histories_.size() > most_histories)
            histories_.erase(
                std::ranges::min_element(histories_, {}, [](const auto& each) { return each.second->asked; }));
    }
    const std::lock_guard lock(history->mutex);
    auto& told = history->told;
    read(told.empty() ? 0 : told.back().seq, [&](const store::StoredEvent& event) {
        told.push_back({event.seq, event.at, event.kind, event.actor, history->teller.tell(event)});
        return true;
    });
    const auto first = std::ranges::upper_bound(told, after, {}, &Told::seq);
    const auto last = first + static_cast<std::ptrdiff_t>(
                                  std::min(limit, static_cast<std::size_t>(std::distance(first, told.end()))));
    ToldPage out{{first, last}, std::nullopt};
    if (last != told.end() && !out.events.empty()) out.next = out.events.back().seq;
    return out;
}

void Chronicle::forget(const std::string& congress) {
    const std::lock_guard lock(mutex_);
    histories_.erase(congress);
}

}  // namespace plenum::app
