// SPDX-License-Identifier: Apache-2.0
#include "base/time.h"

#include <chrono>
#include <cstdio>

namespace plenum {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::int64_t ms_per_day = 86'400'000;

/// Reads exactly `digits` decimal digits at `at`, or -1.
int number_at(std::string_view text, std::size_t at, std::size_t digits) {
    if (at + digits > text.size()) return -1;
    int value = 0;
    for (std::size_t i = at; i < at + digits; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

bool date_exists(int year, int month, int day) {
    return year >= 1 && month >= 1 && day >= 1 &&
           year_month_day{std::chrono::year{year}, std::chrono::month(static_cast<unsigned>(month)),
                          std::chrono::day(static_cast<unsigned>(day))}
               .ok();
}

std::int64_t floor_divide(std::int64_t value, std::int64_t by) { return value / by - (value % by < 0 ? 1 : 0); }

}  // namespace

std::int64_t days_from_date(Date date) {
    const year_month_day ymd{std::chrono::year{date.year}, std::chrono::month(static_cast<unsigned>(date.month)),
                             std::chrono::day(static_cast<unsigned>(date.day))};
    return sys_days{ymd}.time_since_epoch().count();
}

Date date_from_days(std::int64_t count) {
    const year_month_day ymd{sys_days{days{static_cast<days::rep>(count)}}};
    return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
            static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

int weekday(Date date) {
    return static_cast<int>(
        std::chrono::weekday{sys_days{days{static_cast<days::rep>(days_from_date(date))}}}.iso_encoding());
}

std::string text_from_date(Date date) {
    char out[32];
    std::snprintf(out, sizeof out, "%04d-%02d-%02d", date.year, date.month, date.day);
    return out;
}

Result<Date> date_from_text(std::string_view text) {
    const auto no = [&] { return refuse(base::Why::date_impossible, {{"text", shown(text)}}); };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return no();
    const Date date{number_at(text, 0, 4), number_at(text, 5, 2), number_at(text, 8, 2)};
    if (!date_exists(date.year, date.month, date.day)) return no();
    return date;
}

bool is_birth(std::string_view text) {
    if (text.size() != 7 && text.size() != 10) return false;
    return text >= "1900" &&
           date_from_text(text.size() == 7 ? std::string(text) + "-01" : std::string(text)).has_value();
}

Date day_of_age(std::string_view birth, int years) {
    invariant(is_birth(birth));
    const int year = number_at(birth, 0, 4) + years, month = number_at(birth, 5, 2);
    // Of a month its first day: only who is too young by every reading is.
    const int day = birth.size() == 7 ? 1 : number_at(birth, 8, 2);
    // Born on a 29th of February: of age on the first of March.
    return date_exists(year, month, day) ? Date{year, month, day} : Date{year, 3, 1};
}

std::string text_from_time(UtcTime time) {
    const std::int64_t day = floor_divide(time.ms, ms_per_day);
    const auto rest = static_cast<int>(time.ms - day * ms_per_day);
    char out[48];
    std::snprintf(out, sizeof out, "%sT%02d:%02d:%02d.%03dZ", text_from_date(date_from_days(day)).c_str(),
                  rest / 3'600'000, rest / 60'000 % 60, rest / 1000 % 60, rest % 1000);
    return out;
}

Result<UtcTime> time_from_text(std::string_view text) {
    const auto no = [&] { return refuse(base::Why::time_impossible, {{"text", shown(text)}}); };
    const bool decimals = text.size() == 24;
    if (text.size() != 20 && !decimals) return no();
    if (text[10] != 'T' || text[13] != ':' || text[16] != ':' || text.back() != 'Z') return no();
    if (decimals && text[19] != '.') return no();
    const auto date = date_from_text(text.substr(0, 10));
    const int hour = number_at(text, 11, 2), minute = number_at(text, 14, 2), second = number_at(text, 17, 2);
    const int ms = decimals ? number_at(text, 20, 3) : 0;
    if (!date || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || ms < 0) return no();
    return UtcTime{days_from_date(*date) * ms_per_day + ((hour * 60 + minute) * 60 + second) * 1000LL + ms};
}

Date date_at(UtcTime time, int offset_minutes) {
    return date_from_days(floor_divide(time.ms + offset_minutes * 60'000LL, ms_per_day));
}

std::string clock_at(UtcTime time, int offset_minutes) {
    const std::int64_t local = time.ms + offset_minutes * 60'000LL;
    const auto minutes = static_cast<int>((local - floor_divide(local, ms_per_day) * ms_per_day) / 60'000);
    char out[24];
    std::snprintf(out, sizeof out, "%02d:%02d", minutes / 60, minutes % 60);
    return out;
}

UtcTime SystemClock::now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace plenum
