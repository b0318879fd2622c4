// SPDX-License-Identifier: Apache-2.0
#include "rules/schema.h"

#include <algorithm>
#include <array>
#include <set>

#include "count/approval.h"

namespace plenum::rules {
namespace {

constexpr std::array notice_fields{"assembly.notice_workdays", "candidates.public_notice_workdays",
                                   "candidates.notice_days"};

constexpr FieldRule field_rules[] = {
    {"pack.id", Type::word, "", Tighter::never},
    {"pack.schema", Type::number, "", Tighter::never},
    {"pack.title.zh-Hans", Type::text, "", Tighter::never},
    {"pack.title.zh-Hant", Type::text, "", Tighter::never},
    {"pack.title.en", Type::text, "", Tighter::never},
    {"pack.jurisdiction", Type::word, "", Tighter::never},
    {"pack.level", Type::words, "", Tighter::never},
    {"pack.inherits", Type::word, "", Tighter::never},
    {"pack.inherited_unverified", Type::flag, "", Tighter::never},
    {"pack.status", Type::word, "draft|confirmed", Tighter::never},
    {"pack.about", Type::long_text, "", Tighter::never},
    {"pack.measure_may_tighten", Type::fields, "", Tighter::never},
    {"pack.measure_must_set", Type::fields, "", Tighter::never},
    {"assembly.alternates_elected", Type::flag, "", Tighter::never},
    {"assembly.between_congresses", Type::word, "", Tighter::never},
    {"assembly.called_by", Type::word, "", Tighter::never},
    {"assembly.credentials_roll_is_live", Type::flag, "", Tighter::never},
    {"assembly.delegates_are_standing", Type::flag, "", Tighter::never},
    {"assembly.delegates_elected_secretly", Type::flag, "", Tighter::never},
    {"assembly.delegates_per_members", Type::number, "", Tighter::never},
    {"assembly.delegates_total", Type::number, "", Tighter::never},
    {"assembly.early_or_late_needs", Type::word, "", Tighter::never},
    {"assembly.every_years", Type::number, "", Tighter::never},
    {"assembly.extraordinary_by", Type::texts, "", Tighter::never},
    {"assembly.extraordinary_by_delegates", Type::fraction, "", Tighter::never},
    {"assembly.kind", Type::word, "", Tighter::never},
    {"assembly.kind_if_members_100_plus", Type::word, "", Tighter::never},
    {"assembly.kind_if_members_below_100", Type::word, "", Tighter::never},
    {"assembly.min_sessions_per_year", Type::number, "", Tighter::never},
    {"assembly.notice_workdays", Type::number, "", Tighter::more},
    {"assembly.opening_order", Type::words, "", Tighter::never},
    {"assembly.powers", Type::words, "", Tighter::never},
    {"assembly.presidium_elected", Type::flag, "", Tighter::never},
    {"assembly.prior_report_reply_days", Type::number, "", Tighter::never},
    {"assembly.prior_report_to", Type::words, "", Tighter::never},
    {"assembly.replaces_workers_congress", Type::flag, "", Tighter::never},
    {"assembly.women_share_min", Type::word, "", Tighter::never},
    {"ballot.accidental_error_ignored_if_result_unaffected", Type::flag, "", Tighter::never},
    {"ballot.blank_means", Type::word, "abstain|for|ignored|invalid", Tighter::never},
    {"ballot.candidate_order", Type::word, "", Tighter::never},
    {"ballot.channel", Type::words, "", Tighter::never},
    {"ballot.count_place", Type::word, "", Tighter::never},
    {"ballot.electronic", Type::word, "", Tighter::never},
    {"ballot.ineligible_choice", Type::word, "illegal_counts_in_base|invalid_ballot", Tighter::never},
    {"ballot.intent_rule", Type::flag, "", Tighter::never},
    {"ballot.joint_ballot", Type::words, "", Tighter::never},
    {"ballot.marks", Type::words, "for|against|abstain", Tighter::never},
    {"ballot.max_choices", Type::word, "seats", Tighter::never},
    {"ballot.mobile_box", Type::flag, "", Tighter::never},
    {"ballot.no_cost_to_voter", Type::flag, "", Tighter::never},
    {"ballot.no_interference", Type::flag, "", Tighter::never},
    {"ballot.numbered_papers", Type::flag, "", Tighter::never},
    {"ballot.one_error_voids_whole_ballot", Type::flag, "", Tighter::never},
    {"ballot.over_vote", Type::word, "invalid_ballot|illegal_counts_in_base", Tighter::never},
    {"ballot.paper_states", Type::words, "", Tighter::never},
    {"ballot.preselection", Type::flag, "", Tighter::never},
    {"ballot.proxy", Type::flag, "", Tighter::never},
    {"ballot.returned_gt_issued", Type::word, "void_election|void_if_result_could_change|scrutineer_report",
     Tighter::never},
    {"ballot.returned_le_issued", Type::word, "valid_election", Tighter::never},
    {"ballot.secret", Type::flag, "", Tighter::never},
    {"ballot.separate_ballots", Type::words, "", Tighter::never},
    {"ballot.stv_allowed", Type::flag, "", Tighter::never},
    {"ballot.under_vote", Type::word, "valid|invalid_ballot", Tighter::never},
    {"ballot.unreadable", Type::word, "invalid_ballot|illegal_counts_in_base", Tighter::never},
    {"ballot.write_in", Type::flag, "", Tighter::never},
    {"ballot.write_in_needs_against", Type::flag, "", Tighter::never},
    {"base.dispute_days", Type::number, "", Tighter::never},
    {"base.dispute_extension_days", Type::number, "", Tighter::never},
    {"base.draft_quorum", Type::fraction, "", Tighter::never},
    {"base.draft_quorum_comparison", Type::word, "ge|gt", Tighter::never},
    {"base.draft_submit_workdays", Type::number, "", Tighter::never},
    {"base.draft_threshold", Type::fraction, "", Tighter::never},
    {"base.draft_threshold_base", Type::word, "entitled|present", Tighter::never},
    {"base.draft_threshold_comparison", Type::word, "ge|gt", Tighter::never},
    {"base.draft_to", Type::word, "", Tighter::never},
    {"base.effective_counts_from", Type::word, "receipt_by_labour_administration", Tighter::never},
    {"base.effective_if_no_objection_days", Type::number, "", Tighter::never},
    {"base.employer_side_not_more_than_workers", Type::flag, "", Tighter::never},
    {"base.filing_copies", Type::number, "", Tighter::never},
    {"base.filing_days_after_signature", Type::number, "", Tighter::never},
    {"base.floor_rule", Type::text, "", Tighter::never},
    {"base.material_exchange_days_before", Type::number, "", Tighter::never},
    {"base.negotiators_equal", Type::flag, "", Tighter::never},
    {"base.negotiators_min_large_enterprise", Type::number, "", Tighter::never},
    {"base.negotiators_min_per_side", Type::number, "", Tighter::never},
    {"base.outside_experts_max", Type::fraction, "", Tighter::never},
    {"base.publish_days_after_effect", Type::number, "", Tighter::never},
    {"base.publish_workdays_after_effect", Type::number, "", Tighter::never},
    {"base.redraft_submit_workdays", Type::number, "", Tighter::never},
    {"base.renew_notice_days_before_end", Type::number, "", Tighter::never},
    {"base.reply_days", Type::number, "", Tighter::never},
    {"base.reply_unit", Type::word, "calendar|workday", Tighter::never},
    {"base.report_to_workers_per_year", Type::number, "", Tighter::never},
    {"base.term_years", Type::range, "", Tighter::never},
    {"base.wage_contract_term_years", Type::number, "", Tighter::never},
    {"bodies.*.elected_by", Type::words, "", Tighter::never},
    {"bodies.*.excluded", Type::words, "", Tighter::never},
    {"bodies.*.seats", Type::range, "", Tighter::within},
    {"bodies.*.size", Type::size_table, "", Tighter::within},
    {"bodies.audit_committee.chair_elected_by", Type::words, "", Tighter::never},
    {"bodies.audit_committee.reports_to_between", Type::word, "", Tighter::never},
    {"bodies.audit_committee.same_term_as", Type::word, "", Tighter::never},
    {"bodies.audit_committee.standing_committee_required", Type::words, "", Tighter::never},
    {"bodies.chair.from", Type::word, "", Tighter::never},
    {"bodies.chair.full_time_from_staff", Type::number, "", Tighter::never},
    {"bodies.committee.may_be_formed_by_federation", Type::words, "", Tighter::never},
    {"bodies.committee.must_exist_from_members", Type::number, "", Tighter::never},
    {"bodies.committee.plenary_min_per_year", Type::number, "", Tighter::never},
    {"bodies.committee.substitutes_allowed", Type::flag, "", Tighter::never},
    {"bodies.vice_chair.from", Type::word, "", Tighter::never},
    {"bodies.womens_committee.below_that", Type::word, "", Tighter::never},
    {"bodies.womens_committee.formation", Type::words, "", Tighter::never},
    {"bodies.womens_committee.head", Type::word, "", Tighter::never},
    {"bodies.womens_committee.nominated_by", Type::word, "", Tighter::never},
    {"bodies.womens_committee.required_from_women_members", Type::number, "", Tighter::never},
    {"candidates.election_address_min_words", Type::number, "", Tighter::never},
    {"candidates.election_address_right", Type::flag, "", Tighter::never},
    {"candidates.ineligible", Type::words, "", Tighter::never},
    {"candidates.list_adopted_by", Type::word, "", Tighter::never},
    {"candidates.list_approved_by", Type::words, "", Tighter::never},
    {"candidates.no_party_membership_condition", Type::flag, "", Tighter::never},
    {"candidates.no_unreasonable_exclusion", Type::flag, "", Tighter::never},
    {"candidates.nominations_from_floor", Type::flag, "", Tighter::never},
    {"candidates.notice_days", Type::number, "", Tighter::more},
    {"candidates.outside_chair_allowed", Type::flag, "", Tighter::never},
    {"candidates.public_notice_workdays", Type::number, "", Tighter::more},
    {"counting.at_least_includes_number", Type::flag, "", Tighter::never},
    {"counting.count_deadline_start_next_day", Type::flag, "", Tighter::never},
    {"counting.deadline_rolls_to_workday", Type::flag, "", Tighter::never},
    {"credentials.checks", Type::words, "", Tighter::never},
    {"credentials.committee", Type::text, "", Tighter::never},
    {"credentials.report_each_day", Type::flag, "", Tighter::never},
    {"delegates.allocation_also", Type::words, "", Tighter::never},
    {"delegates.allocation_base", Type::word, "members", Tighter::never},
    {"delegates.congress_within_days_of_election", Type::number, "", Tighter::never},
    {"delegates.credentials_by", Type::word, "", Tighter::never},
    {"delegates.managers_max", Type::fraction, "", Tighter::smaller_fraction},
    {"delegates.proposal_by", Type::word, "", Tighter::never},
    {"delegates.size", Type::size_table, "", Tighter::within},
    {"delegates.unit_quorum", Type::fraction, "", Tighter::fraction},
    {"delegates.unit_threshold", Type::word, "more_than_half_of_all_unit_members", Tighter::never},
    {"industrial_action.important_public_service_support_min_of_entitled", Type::fraction, "", Tighter::never},
    {"industrial_action.turnout_min", Type::fraction, "", Tighter::never},
    {"industrial_action.voting_counts_spoiled", Type::flag, "", Tighter::never},
    {"motions.committee", Type::text, "", Tighter::never},
    {"motions.deadline_weeks_before", Type::number, "", Tighter::never},
    {"motions.published_weeks_before", Type::number, "", Tighter::never},
    {"officers.announces", Type::word, "", Tighter::never},
    {"officers.approval_by", Type::word, "", Tighter::never},
    {"officers.approval_refused_if", Type::word, "", Tighter::never},
    {"officers.approval_reply_days", Type::number, "", Tighter::never},
    {"officers.counter_independent", Type::flag, "", Tighter::never},
    {"officers.full_count_in_minutes", Type::flag, "", Tighter::never},
    {"officers.observers", Type::word, "", Tighter::never},
    {"officers.papers_kept_months", Type::number, "", Tighter::never},
    {"officers.presides_delegates", Type::words, "", Tighter::never},
    {"officers.presides_members", Type::words, "", Tighter::never},
    {"officers.presides_plenary", Type::word, "newly_elected_member", Tighter::never},
    {"officers.records_kept_months", Type::number, "", Tighter::never},
    {"officers.report_fields", Type::words, "", Tighter::never},
    {"officers.report_to_members_within_months", Type::number, "", Tighter::never},
    {"officers.result_published_after_report", Type::flag, "", Tighter::never},
    {"officers.scrutineer_checks_register", Type::flag, "", Tighter::never},
    {"officers.scrutineer_independent", Type::flag, "", Tighter::never},
    {"officers.scrutineer_required", Type::flag, "", Tighter::never},
    {"officers.scrutineers", Type::word, "", Tighter::never},
    {"officers.scrutineers_not_candidates", Type::flag, "", Tighter::never},
    {"officers.tellers", Type::word, "", Tighter::never},
    {"preselection.allowed", Type::flag, "", Tighter::never},
    {"preselection.then_formal_may_be_equal", Type::flag, "", Tighter::never},
    {"quorum.*.comparison", Type::word, "ge|gt", Tighter::comparison},
    {"quorum.*.counts", Type::word, "participating|present|returned", Tighter::never},
    {"quorum.*.established_by", Type::word, "", Tighter::never},
    {"quorum.*.fraction", Type::fraction, "", Tighter::fraction},
    {"quorum.*.measured_at", Type::words, "opening|ballot_issue", Tighter::superset},
    {"quorum.*.of", Type::word, "entitled|enrolled", Tighter::never},
    {"remedy.complaint_to", Type::words, "", Tighter::never},
    {"remedy.complaint_within_months", Type::number, "", Tighter::never},
    {"shortfall.drop_lowest", Type::flag, "", Tighter::never},
    {"shortfall.further_candidates", Type::word, "not_elected_first|all_remaining|open", Tighter::never},
    {"shortfall.options", Type::words,
     "further_election|reduce_seats|second_round|runoff_top_two|reballot_for_open_seats|fill_later_by_rule_book",
     Tighter::never},
    {"shortfall.reduce_must_fit_size_table", Type::flag, "", Tighter::never},
    {"shortfall.reduce_needs", Type::word, "majority_consent", Tighter::never},
    {"shortfall.runoff_threshold", Type::word, "plurality|majority", Tighter::never},
    {"surplus.audit_chair", Type::fraction, "", Tighter::fraction},
    {"surplus.audit_committee", Type::fraction, "", Tighter::fraction},
    {"surplus.chair", Type::fraction, "", Tighter::fraction},
    {"surplus.committee", Type::fraction, "", Tighter::fraction},
    {"surplus.delegate", Type::fraction, "", Tighter::fraction},
    {"surplus.standing_committee", Type::fraction, "", Tighter::fraction},
    {"surplus.vice_chair", Type::fraction, "", Tighter::fraction},
    {"surplus.womens_committee", Type::fraction, "", Tighter::fraction},
    {"term.decided_by", Type::word, "", Tighter::never},
    {"term.exempt_short_office_months", Type::number, "", Tighter::never},
    {"term.extension_max_months", Type::number, "", Tighter::never},
    {"term.extension_needs", Type::word, "", Tighter::never},
    {"term.national_by_convention", Type::flag, "", Tighter::never},
    {"term.positions", Type::words, "", Tighter::never},
    {"term.reelection", Type::flag, "", Tighter::never},
    {"term.starts", Type::word, "", Tighter::never},
    {"term.years_allowed", Type::integers, "", Tighter::subset},
    {"term.years_max", Type::number, "", Tighter::never},
    {"term.years_max_intermediate", Type::number, "", Tighter::never},
    {"term.years_max_local", Type::number, "", Tighter::never},
    {"term.years_max_national", Type::number, "", Tighter::never},
    {"threshold.*.base", Type::word,
     "entitled|present|issued|returned|valid_ballots|votes_cast_incl_illegal|for_plus_against|valid_votes_without_"
     "abstentions|none",
     Tighter::base},
    {"threshold.*.comparison", Type::word, "ge|gt", Tighter::comparison},
    {"threshold.*.fraction", Type::fraction, "", Tighter::fraction},
    {"threshold.*.mode", Type::words, "secret|show_of_hands|acclamation", Tighter::never},
    {"threshold.*.plurality_if_bylaws", Type::flag, "", Tighter::never},
    {"threshold.*.rank_by", Type::word, "for", Tighter::never},
    {"threshold.*.rank_second", Type::word, "none", Tighter::never},
    {"threshold.*.secret", Type::flag, "", Tighter::never},
    {"tie.at", Type::word, "cut_line", Tighter::never},
    {"tie.candidates_in_revote", Type::word, "all_remaining|tied", Tighter::never},
    {"tie.method", Type::word, "revote_among_tied|reballot_for_open_seats|runoff_among_tied|lot|repeat|rule_book",
     Tighter::never},
    {"tie.revote_threshold", Type::word, "plurality|majority", Tighter::never},
    {"tie.second_tie", Type::word, "revote_among_tied|reballot_for_open_seats|runoff_among_tied|lot|repeat|rule_book",
     Tighter::never},
    {"uncontested.ballot_required", Type::flag_or_word, "bylaws", Tighter::never},
    {"vacancy.by_election_term", Type::word, "", Tighter::never},
    {"vacancy.chair_acting_max_months", Type::number, "", Tighter::never},
};

/// Compares dotted paths name by name; "*" takes any one name.
bool matches(std::string_view pattern, std::string_view path) {
    while (true) {
        const auto dot = path.find('.'), pattern_dot = pattern.find('.');
        const auto name = path.substr(0, dot), wanted = pattern.substr(0, pattern_dot);
        if (name.empty() || (wanted != "*" && wanted != name)) return false;
        if (dot == std::string_view::npos || pattern_dot == std::string_view::npos)
            return (dot == std::string_view::npos) == (pattern_dot == std::string_view::npos);
        path.remove_prefix(dot + 1);
        pattern.remove_prefix(pattern_dot + 1);
    }
}

bool is_word(std::string_view text) {
    return !text.empty() && text.size() <= 80 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return std::islower(c) || std::isupper(c) || std::isdigit(c) || c == '_' || c == '-' || c == '.';
    });
}

bool is_allowed(std::string_view allowed, std::string_view word) {
    if (allowed.empty()) return true;
    while (true) {
        const auto bar = allowed.find('|');
        if (allowed.substr(0, bar) == word) return true;
        if (bar == std::string_view::npos) return false;
        allowed.remove_prefix(bar + 1);
    }
}

tl::unexpected<Refusal> wrong_type(std::string_view wanted, const Place& place) {
    return refuse(Why::wrong_type, {{"wanted", wanted}}, place);
}

Result<Done> check_word(const FieldRule& rule, const Json& value, const Place& place) {
    if (!value.is_string()) return wrong_type("a word", place);
    const std::string_view word(value.get_string());
    if (!is_word(word)) return refuse(Why::word_unknown, {{"value", shown(word)}, {"allowed", "a-z 0-9 _ - ."}}, place);
    if (!is_allowed(rule.allowed, word))
        return refuse(Why::word_unknown, {{"value", word}, {"allowed", rule.allowed}}, place);
    return Done{};
}

Result<Done> check_text(const Json& value, bool lines, const Place& place) {
    if (!value.is_string()) return wrong_type("a text", place);
    const std::string_view text(value.get_string());
    if (text.empty()) return refuse(base::Why::text_empty, {}, place);
    if (text.size() > 8000) return refuse(base::Why::text_too_long, {{"most", 8000}}, place);
    auto written = check_written(text, lines ? Lines::many : Lines::one);
    if (!written) return refuse(std::move(written).error().within(place));
    return Done{};
}

Result<std::int64_t> check_number(const Json& value, std::int64_t least, const Place& place) {
    if (!value.is_int64()) return wrong_type("a whole number", place);
    const auto number = value.get_int64();
    if (number < least || number > count::most_counted)
        return refuse(Why::number_out_of_range, {{"number", number}, {"least", least}, {"most", count::most_counted}},
                      place);
    return number;
}

/// A list of whole numbers; from_json would do it too, but its refusals have other names and no place.
Result<std::vector<std::int64_t>> check_numbers(const Json& value, std::size_t size, std::int64_t least,
                                                std::string_view wanted, const Place& place) {
    if (!value.is_array() || (size > 0 && value.get_array().size() != size)) return wrong_type(wanted, place);
    std::vector<std::int64_t> out;
    for (const auto& item : value.get_array()) out.push_back(TRY(check_number(item, least, place)));
    return out;
}

Result<Done> check_range(std::int64_t least, std::int64_t most, const Place& place) {
    if (least < 1 || least > most) return refuse(Why::range_impossible, {{"least", least}, {"most", most}}, place);
    return Done{};
}

Result<Done> check_table(const Json& value, const Place& place) {
    constexpr std::string_view wanted = "rows of [members_min, members_max, least, most]";
    if (!value.is_array() || value.get_array().empty()) return wrong_type(wanted, place);
    std::int64_t covered = -1;
    for (const auto& each : value.get_array()) {
        const auto row = TRY(check_numbers(each, 4, -1, wanted, place));
        const auto members_max = row[1] == -1 ? count::most_counted : row[1];
        if (row[0] < 0 || row[0] > members_max)
            return refuse(Why::range_impossible, {{"least", row[0]}, {"most", row[1]}}, place);
        TRY(check_range(row[2], row[3], place));
        if (row[0] <= covered) return refuse(Why::table_overlaps, {{"members", row[0]}}, place);
        covered = members_max;
    }
    return Done{};
}

/// Bases from the smallest to the largest. Each is at most the next, whatever the votes: an abstention or an invalid
/// ballot is not an opposing vote, an issued ballot is held by someone present, who is entitled.
int size_of_base(std::string_view base) {
    static constexpr std::array order{"none",
                                      "for_plus_against",
                                      "valid_votes_without_abstentions",
                                      "valid_ballots",
                                      "votes_cast_incl_illegal",
                                      "returned",
                                      "issued",
                                      "present",
                                      "entitled"};
    return static_cast<int>(std::find(order.begin(), order.end(), base) - order.begin());
}
bool counts_ballots_returned(std::string_view base) {
    const auto size = size_of_base(base);
    return size >= 1 && size <= 5;
}

Change by_order(std::int64_t from, std::int64_t to) {
    return from == to ? Change::same : to > from ? Change::tighter : Change::looser;
}

std::vector<std::int64_t> numbers_of(const Json& value) {
    std::vector<std::int64_t> out;
    for (const auto& item : value.get_array()) out.push_back(item.get_int64());
    return out;
}

Change change_of_range(std::int64_t from_least, std::int64_t from_most, std::int64_t to_least, std::int64_t to_most) {
    if (from_least == to_least && from_most == to_most) return Change::same;
    if (to_least >= from_least && to_most <= from_most) return Change::tighter;
    if (to_least <= from_least && to_most >= from_most) return Change::looser;
    return Change::incomparable;
}

Change change_within(const Json& from, const Json& to) {
    const auto& old = from.get_array();
    const auto& now = to.get_array();
    if (!old.front().is_array()) {
        const auto a = numbers_of(from), b = numbers_of(to);
        return change_of_range(a[0], a[1], b[0], b[1]);
    }
    if (old.size() != now.size()) return Change::incomparable;
    Change out = Change::same;
    for (std::size_t i = 0; i < old.size(); ++i) {
        const auto a = numbers_of(old[i]), b = numbers_of(now[i]);
        if (a[0] != b[0] || a[1] != b[1]) return Change::incomparable;
        const auto row = change_of_range(a[2], a[3], b[2], b[3]);
        if (row == Change::same) continue;
        if (row == Change::incomparable || (out != Change::same && out != row)) return Change::incomparable;
        out = row;
    }
    return out;
}

std::set<std::string> members_of(const Json& value) {
    std::set<std::string> out;
    if (!value.is_array()) return {canonical_json(value)};
    for (const auto& item : value.get_array()) out.insert(canonical_json(item));
    return out;
}

Change change_of_set(const std::set<std::string>& from, const std::set<std::string>& to) {
    if (from == to) return Change::same;
    if (std::includes(from.begin(), from.end(), to.begin(), to.end())) return Change::tighter;
    if (std::includes(to.begin(), to.end(), from.begin(), from.end())) return Change::looser;
    return Change::incomparable;
}

count::Fraction fraction_of(const Json& value) {
    const auto parts = numbers_of(value);
    return {parts[0], parts[1]};
}

}  // namespace

std::span<const FieldRule> all_field_rules() { return field_rules; }

const FieldRule* field_rule(std::string_view path) {
    std::string overlaid;
    if (path.starts_with("region.")) {
        const auto dot = path.find('.', 7);
        if (dot == std::string_view::npos || dot == 7) return nullptr;
        overlaid = "base" + std::string(path.substr(dot));
        path = overlaid;
    }
    for (const auto& rule : field_rules)
        if (matches(rule.path, path)) {
            // The body is part of the name, and a misspelt body would be a rule that nobody asks for.
            if (rule.path.starts_with("bodies.*") && !is_body(path.substr(7, path.find('.', 7) - 7))) return nullptr;
            return &rule;
        }
    return nullptr;
}

Result<Done> check_value(const FieldRule& rule, const Json& value, const Place& place) {
    switch (rule.type) {
        case Type::fraction: {
            const auto parts = TRY(check_numbers(value, 2, -count::most_counted, "[numerator, denominator]", place));
            auto ok = count::check({parts[0], parts[1]});
            if (!ok)
                return refuse(Why::fraction_impossible, {{"numerator", parts[0]}, {"denominator", parts[1]}}, place);
            return Done{};
        }
        case Type::number: TRY(check_number(value, 0, place)); return Done{};
        case Type::flag: return value.is_bool() ? Result<Done>(Done{}) : wrong_type("true or false", place);
        case Type::word: return check_word(rule, value, place);
        case Type::flag_or_word: return value.is_bool() ? Result<Done>(Done{}) : check_word(rule, value, place);
        case Type::words:
        case Type::fields: {
            if (value.is_string() && rule.type == Type::words) return check_word(rule, value, place);
            if (!value.is_array()) return wrong_type("a list of words", place);
            for (const auto& item : value.get_array()) TRY(check_word(rule, item, place));
            if (members_of(value).size() != value.get_array().size())
                return refuse(Why::pack_contradicts, {{"reason", name_of(Contradiction::word_twice_in_a_list)}}, place);
            return Done{};
        }
        case Type::text: return check_text(value, false, place);
        case Type::long_text: return check_text(value, true, place);
        case Type::texts:
            if (!value.is_array()) return wrong_type("a list of texts", place);
            for (const auto& item : value.get_array()) TRY(check_text(item, false, place));
            return Done{};
        case Type::integers: {
            const auto numbers = TRY(check_numbers(value, 0, 1, "a list of whole numbers", place));
            if (numbers.empty()) return wrong_type("a list of whole numbers", place);
            for (std::size_t i = 1; i < numbers.size(); ++i)
                if (numbers[i] <= numbers[i - 1])
                    return refuse(Why::range_impossible, {{"least", numbers[i - 1]}, {"most", numbers[i]}}, place);
            return Done{};
        }
        case Type::range: {
            const auto ends = TRY(check_numbers(value, 2, -count::most_counted, "[least, most]", place));
            return check_range(ends[0], ends[1], place);
        }
        case Type::size_table: return check_table(value, place);
    }
    invariant(false);
}

Change change(Tighter tighter, const Json& from, const Json& to, bool returned_within_issued) {
    switch (tighter) {
        case Tighter::never: return canonical_json(from) == canonical_json(to) ? Change::same : Change::incomparable;
        case Tighter::fraction: return by_order(0, count::compare(fraction_of(to), fraction_of(from)));
        case Tighter::smaller_fraction: return by_order(0, count::compare(fraction_of(from), fraction_of(to)));
        case Tighter::comparison: return by_order(from.get_string() == "gt", to.get_string() == "gt");
        case Tighter::base: {
            const std::string_view a(from.get_string()), b(to.get_string());
            const bool across = counts_ballots_returned(a) != counts_ballots_returned(b);
            if (across && a != "none" && b != "none" && !returned_within_issued) return Change::incomparable;
            return by_order(size_of_base(a), size_of_base(b));
        }
        case Tighter::more: return by_order(from.get_int64(), to.get_int64());
        case Tighter::within: return change_within(from, to);
        case Tighter::subset: return change_of_set(members_of(from), members_of(to));
        case Tighter::superset: return change_of_set(members_of(to), members_of(from));
    }
    invariant(false);
}

std::vector<std::string> fields_of(std::string_view name, Purpose purpose) {
    std::vector<std::string> out;
    if (name == "surplus") {
        for (const auto body : bodies) out.push_back("surplus." + std::string(body));
    } else if (name == "notice") {
        out.assign(notice_fields.begin(), notice_fields.end());
    } else if (field_rule(name)) {
        if (!name.starts_with("pack.")) out.emplace_back(name);
    } else if (const auto whole = std::string(name) + ".fraction"; field_rule(whole) && name.find('.') != name.npos) {
        out = {whole, std::string(name) + ".comparison"};
        if (name.starts_with("threshold.")) out.push_back(std::string(name) + ".base");
        if (name.starts_with("quorum.") && purpose == Purpose::may_tighten)
            out.push_back(std::string(name) + ".measured_at");
    }
    return out;
}

bool is_body(std::string_view name) { return std::ranges::find(bodies, name) != std::end(bodies); }

}  // namespace plenum::rules
