// SPDX-License-Identifier: Apache-2.0
#include "rules/contradictions.h"

#include <algorithm>

namespace plenum::rules {
namespace {

/// The rules as one contradiction looks at them.
struct Looked {
    const Rules& rules;

    const Json* value(const std::string& path) const { return rules.value(path); }
    bool is(const std::string& path, const Json& wanted) const {
        const auto* known = value(path);
        return known && *known == wanted;
    }
    /// Neither stated nor left to the measure.
    bool lacks(const std::string& path) const { return !value(path) && !rules.left_open(path); }
    /// A list, or one word alone, that holds the word.
    bool holds(const std::string& path, std::string_view word) const {
        const auto* known = value(path);
        if (!known) return false;
        if (known->is_string()) return known->get_string() == word;
        if (!known->is_array()) return false;
        return std::ranges::any_of(known->get_array(), [&](const Json& each) { return each == Json(word); });
    }
    bool offers(std::string_view mark) const { return !value("ballot.marks") || holds("ballot.marks", mark); }
};

bool is_whole(const Json& fraction) {
    return fraction.get_array()[0].get_int64() == fraction.get_array()[1].get_int64();
}
bool is_part_of(std::string_view path, std::string_view table, std::string_view name) {
    return path.starts_with(table) && path.ends_with(name);
}

/// Contradictions that may stand at any of many fields: `path` with its value, and the table it is in.
std::optional<Contradiction> at_field(const Looked& in, const std::string& path, const Json& value) {
    const auto dot = path.rfind('.');
    const auto table = path.substr(0, dot), name = path.substr(dot + 1);
    const bool is_quorum = path.starts_with("quorum."), is_threshold = path.starts_with("threshold.");
    if (is_threshold && name == "base") {
        const auto* fraction = in.value(table + ".fraction");
        if (in.lacks(table + ".fraction")) return Contradiction::base_without_fraction;
        const bool asks = fraction && fraction->get_array()[0].get_int64() > 0;
        if (fraction && asks == (value == Json("none")))
            return asks ? Contradiction::fraction_of_no_base : Contradiction::base_of_a_fraction_of_nothing;
    }
    if ((is_quorum || is_threshold) && name == "fraction") {
        if (in.lacks(table + ".comparison")) return Contradiction::fraction_without_comparison;
        if (is_quorum && in.lacks(table + ".of")) return Contradiction::quorum_of_nothing;
        if (is_whole(value) && in.is(table + ".comparison", "gt")) return Contradiction::more_than_all;
    }
    // [base] and [region.<name>] speak of draft_quorum and draft_quorum_comparison.
    if ((name == "draft_quorum" || name == "draft_threshold") && is_whole(value)) {
        const auto own = path + "_comparison", usual = "base." + name + "_comparison";
        if (in.is(in.value(own) ? own : usual, "gt")) return Contradiction::more_than_all;
    }
    // Where the list names the ways that are open, an empty one leaves none.
    const bool names_ways = (is_threshold && name == "mode") || (is_quorum && name == "measured_at") ||
                            is_part_of(path, "bodies.", ".elected_by") || path == "shortfall.options" ||
                            path == "ballot.channel" || path == "officers.presides_members" ||
                            path == "officers.presides_delegates";
    if (names_ways && value.is_array() && value.get_array().empty()) return Contradiction::no_way_left_open;
    if (is_threshold && name == "secret" && value == Json(true)) {
        if (in.value(table + ".mode") && !in.holds(table + ".mode", "secret"))
            return Contradiction::secret_vote_without_its_mode;
        if (table == "threshold.election" && in.is("ballot.secret", false))
            return Contradiction::secret_vote_without_its_mode;
    }
    if (is_quorum && name == "measured_at" && in.is(table + ".counts", "returned"))
        return Contradiction::ballots_counted_before_they_return;
    if (is_part_of(path, "bodies.", ".seats")) {
        if (in.value(table + ".size")) return Contradiction::two_sizes_of_one_body;
        const bool is_office = table == "bodies.chair" || table == "bodies.audit_chair";
        if (is_office && value.is_array() && value.get_array()[0].get_int64() > 1)
            return Contradiction::office_of_several;
    }
    if (is_part_of(path, "bodies.", ".elected_by")) {
        const auto body = table.substr(table.find('.') + 1);
        const bool only = value.is_string() || value.get_array().size() == 1;
        if (only && in.holds(path, body)) return Contradiction::body_elects_itself;
    }
    if (is_part_of(path, "bodies.", ".size") || path == "delegates.size") {
        const auto& rows = value.get_array();
        for (std::size_t i = 1; i < rows.size(); ++i)
            if (rows[i].get_array()[0].get_int64() != rows[i - 1].get_array()[1].get_int64() + 1)
                return Contradiction::table_leaves_a_gap;
    }
    return std::nullopt;
}

struct Rule {
    Contradiction what;
    const char* field;
    bool (*found)(const Looked&);
};

bool revote_lacks_threshold(const Looked& in, const char* path) {
    return (in.is(path, "revote_among_tied") || in.is(path, "runoff_among_tied") ||
            in.is(path, "reballot_for_open_seats")) &&
           in.lacks("tie.revote_threshold");
}

/// Contradictions between single fields, in the order in which they are told.
constexpr Rule between_fields[] = {
    {Contradiction::no_mark_for, "ballot.marks", [](const Looked& in) { return !in.offers("for"); }},
    {Contradiction::blank_means_an_abstention_not_offered, "ballot.blank_means",
     [](const Looked& in) { return in.is("ballot.blank_means", "abstain") && !in.offers("abstain"); }},
    {Contradiction::condition_on_write_ins_not_allowed, "ballot.write_in_needs_against",
     [](const Looked& in) { return in.is("ballot.write_in_needs_against", true) && in.is("ballot.write_in", false); }},
    {Contradiction::write_in_needs_an_against_not_offered, "ballot.write_in_needs_against",
     [](const Looked& in) { return in.is("ballot.write_in_needs_against", true) && !in.offers("against"); }},
    {Contradiction::base_counts_an_against_not_offered, "threshold.election.base",
     [](const Looked& in) { return in.is("threshold.election.base", "for_plus_against") && !in.offers("against"); }},
    {Contradiction::further_ballot_without_threshold, "tie.method",
     [](const Looked& in) { return revote_lacks_threshold(in, "tie.method"); }},
    {Contradiction::further_ballot_without_threshold, "tie.second_tie",
     [](const Looked& in) { return revote_lacks_threshold(in, "tie.second_tie"); }},
    {Contradiction::tie_asks_more_than_the_election, "tie.revote_threshold",
     [](const Looked& in) {
         return in.is("tie.revote_threshold", "majority") && in.is("threshold.election.base", "none");
     }},
    {Contradiction::runoff_without_threshold, "shortfall.options",
     [](const Looked& in) {
         return in.holds("shortfall.options", "runoff_top_two") && in.lacks("shortfall.runoff_threshold");
     }},
    {Contradiction::term_beyond_its_limit, "term.years_allowed",
     [](const Looked& in) {
         const auto *years = in.value("term.years_allowed"), *most = in.value("term.years_max");
         return years && most && years->get_array().back().get_int64() > most->get_int64();
     }},
    {Contradiction::delegates_outside_every_size, "assembly.delegates_total",
     [](const Looked& in) {
         const auto *total = in.value("assembly.delegates_total"), *sizes = in.value("delegates.size");
         return total && sizes && std::ranges::none_of(sizes->get_array(), [&](const Json& row) {
                    return row.get_array()[2].get_int64() <= total->get_int64() &&
                           total->get_int64() <= row.get_array()[3].get_int64();
                });
     }},
    {Contradiction::body_on_joint_and_separate_ballot, "ballot.joint_ballot",
     [](const Looked& in) {
         const auto* joint = in.value("ballot.joint_ballot");
         if (!joint) return false;
         if (joint->is_string()) return in.holds("ballot.separate_ballots", joint->get_string());
         return std::ranges::any_of(joint->get_array(), [&](const Json& each) {
             return in.holds("ballot.separate_ballots", each.get_string());
         });
     }},
    {Contradiction::preselection_allowed_and_not, "ballot.preselection",
     [](const Looked& in) {
         const auto *one = in.value("ballot.preselection"), *other = in.value("preselection.allowed");
         return one && other && *one != *other;
     }},
    {Contradiction::must_set_what_no_measure_may, "pack.measure_must_set",
     [](const Looked& in) {
         const auto* names = in.value("pack.measure_must_set");
         return names && std::ranges::any_of(names->get_array(), [](const Json& each) {
                    return std::string_view(each.get_string()).starts_with("region.");
                });
     }},
};

}  // namespace

std::optional<Contradicts> contradiction_in(const Rules& rules) {
    const Looked in{rules};
    const auto effective = rules.effective();
    for (const auto& [key, value] : effective.at("values").get_object())
        if (const auto what = at_field(in, std::string(key), value)) return Contradicts{*what, std::string(key)};
    for (const auto& [what, field, found] : between_fields)
        if (found(in)) return Contradicts{what, field};
    return std::nullopt;
}

}  // namespace plenum::rules
