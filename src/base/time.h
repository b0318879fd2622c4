// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/refusals.h"

namespace plenum {

/// An instant, UTC, in milliseconds since 1970-01-01T00:00:00Z.
struct UtcTime {
    std::int64_t ms = 0;
    auto operator<=>(const UtcTime&) const = default;
    UtcTime operator+(std::int64_t more_ms) const { return {ms + more_ms}; }
};

/// A day of the Gregorian calendar, 0001-01-01 to 9999-12-31; built only by date_from_text and date_from_days.
struct Date {
    int year = 1, month = 1, day = 1;
    auto operator<=>(const Date&) const = default;
};

/// RFC 3339, UTC, three decimals of a second: "2026-11-20T09:14:03.000Z".
std::string text_from_time(UtcTime time);
/// Reads what text_from_time writes, and the same without decimals. Refuses time_impossible (a 30th of February, a 25th
/// hour, an offset other than Z).
Result<UtcTime> time_from_text(std::string_view text);

/// "2026-11-20".
std::string text_from_date(Date date);
/// Refuses date_impossible.
Result<Date> date_from_text(std::string_view text);
/// True of a month or a day as births and beginnings are kept: "1985-06", "1985-06-03", from 1900 on.
bool is_birth(std::string_view text);
/// The day on which somebody whose birth is given so (bug if not is_birth) has lived `years` whole years; where only
/// the month is known, the earliest that it can be.
Date day_of_age(std::string_view birth, int years);
/// Days since 1970-01-01.
std::int64_t days_from_date(Date date);
Date date_from_days(std::int64_t days);
/// 1 = Monday … 7 = Sunday.
int weekday(Date date);
/// The calendar day of `time` at a place `offset_minutes` east of UTC (480 in China).
Date date_at(UtcTime time, int offset_minutes);
/// No place is further from UTC than this, east or west.
inline constexpr int most_offset_minutes = 14 * 60;
/// The latest day that it is anywhere on earth: what has happened has no later one.
inline Date latest_date(UtcTime time) { return date_at(time, most_offset_minutes); }
/// "09:14" at a place `offset_minutes` east of UTC.
std::string clock_at(UtcTime time, int offset_minutes);

/// Where "now" comes from, asked from any thread: the system's, or in a rehearsal one that only moves when told.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual UtcTime now() = 0;
};
class SystemClock final : public Clock {
  public:
    UtcTime now() override;
};
class SetClock final : public Clock {
  public:
    explicit SetClock(UtcTime start) : ms_(start.ms) {}
    UtcTime now() override { return {ms_}; }
    void set(UtcTime time) { ms_ = time.ms; }

  private:
    std::atomic<std::int64_t> ms_;
};

}  // namespace plenum
