// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <type_traits>
#include <utility>
#include <vector>

namespace plenum {

/// Name and HTTP status of one kind of refusal. The name ("congress.no_quorum") is what tests compare, the journal
/// keeps, HTTP answers and the interface translates.
struct Problem {
    int status;
    std::string_view name;
};

/// Where in the input a refusal arose. Empty or zero members do not apply; lines and columns count from 1.
struct Place {
    std::string file;
    std::int64_t line = 0;
    std::int64_t column = 0;
    std::string field;
    bool operator==(const Place&) const = default;
};

/// One number or word that completes the sentence of a refusal ("required" = "114").
struct Fact {
    std::string key, value;
    Fact(std::string name, std::string text) : key(std::move(name)), value(std::move(text)) {}
    Fact(std::string name, std::string_view text) : key(std::move(name)), value(text) {}
    Fact(std::string name, const char* text) : key(std::move(name)), value(text) {}
    template <class Integer>
    requires std::is_integral_v<Integer> Fact(std::string name, Integer number)
        : key(std::move(name)), value(std::to_string(number)) {}
    bool operator==(const Fact&) const = default;
};
using Facts = std::vector<Fact>;

/// The beginning of what was given, for the facts of a refusal: whole characters, `most` bytes at most.
std::string_view shown(std::string_view given, std::size_t most = 80);

/// A refusal: the world or the user asked for something that cannot be. The state stays as it was.
struct Refusal {
    Problem problem;
    Facts facts;
    Place place;

    std::string_view name() const { return problem.name; }
    /// The value of a fact, or "" where there is none of that name.
    std::string_view fact(std::string_view key) const;
    /// The same refusal with the parts of `outer` that this one does not name yet; a field is put behind outer's ("a" +
    /// "b" = "a.b").
    Refusal within(const Place& outer) &&;
};

/// What a function gives back that may refuse. Ours is nodiscard; tl::expected is not by itself.
template <class T, class E = Refusal>
class [[nodiscard]] Result : public tl::expected<T, E> {
  public:
    using tl::expected<T, E>::expected;
};
struct Done {
    bool operator==(const Done&) const = default;
};

/// An enum of refusals for which problem() is defined by PLENUM_REFUSALS.
template <class Why>
concept RefusalEnum = std::is_enum_v<Why> && requires(Why why) {
    { problem(why) } -> std::same_as<Problem>;
};

template <RefusalEnum Why>
Refusal refusal(Why why, Facts facts = {}, Place place = {}) {
    return {problem(why), std::move(facts), std::move(place)};
}
template <RefusalEnum Why>
tl::unexpected<Refusal> refuse(Why why, Facts facts = {}, Place place = {}) {
    return tl::unexpected<Refusal>(refusal(why, std::move(facts), std::move(place)));
}
inline tl::unexpected<Refusal> refuse(Refusal why) { return tl::unexpected<Refusal>(std::move(why)); }

/// True if `result` is a refusal of exactly this kind. For tests and for the few callers that go on after a refusal.
template <class T, RefusalEnum Why>
bool refused_as(const Result<T>& result, Why why) {
    return !result && result.error().name() == problem(why).name;
}

/// Stops the process if a thing that must hold does not: a bug of ours, never bad input. On in release.
#define invariant(condition)                                             \
    do {                                                                 \
        if (!(condition)) ::plenum::bug(#condition, __FILE__, __LINE__); \
    } while (false)
[[noreturn]] void bug(const char* condition, const char* file, int line);

/// Unwraps a Result, or returns its refusal from the enclosing function.
#define TRY(...) PLENUM_TRY(PLENUM_JOIN(plenum_try_, __COUNTER__), __VA_ARGS__)
#define PLENUM_JOIN(left, right) PLENUM_JOIN_NOW(left, right)
#define PLENUM_JOIN_NOW(left, right) left##right
#define PLENUM_TRY(result, ...)                                          \
    __extension__({                                                      \
        auto result = (__VA_ARGS__);                                     \
        if (!result) return ::plenum::refuse(std::move(result).error()); \
        std::move(result).value();                                       \
    })

#define PLENUM_REFUSAL_ENUMERATOR(room, word, status) word,
#define PLENUM_REFUSAL_CASE(room, word, status) \
    case Why::word:                             \
        return {status, #room "." #word};
#define PLENUM_REFUSAL_ROW(room, word, status) ::plenum::Problem{status, #room "." #word},
/// Defines, in the namespace of a room, `enum class Why`, `problem(Why)` and `all_refusals` from a list
/// `#define LIST(X) X(room, word, http_status) …`.
#define PLENUM_REFUSALS(LIST)                           \
    enum class Why { LIST(PLENUM_REFUSAL_ENUMERATOR) }; \
    constexpr ::plenum::Problem problem(Why why) {      \
        switch (why) { LIST(PLENUM_REFUSAL_CASE) }      \
        return {500, "base.unknown_refusal"};           \
    }                                                   \
    inline constexpr ::plenum::Problem all_refusals[] = {LIST(PLENUM_REFUSAL_ROW)};

}  // namespace plenum
