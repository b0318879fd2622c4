// SPDX-License-Identifier: Apache-2.0
#include "rules/contradictions.h"

#include <doctest/doctest.h>

#include <boost/mp11/algorithm.hpp>
#include <set>

#include "base/file.h"
#include "base/texts.h"
#include "rules/questions.h"

using namespace plenum;
using namespace plenum::rules;

namespace {

/// A pack of its own with these tables.
Result<Rules> load(std::string_view in_pack, std::string_view tables) {
    return Rules::from_pack(
        "p", {{"p",
               "[pack]\nid = \"p\"\nschema = 1\ntitle = { zh-Hans = \"甲\", zh-Hant = \"乙\", en = \"c\" }\nstatus "
               "= \"draft\"\n" +
                   std::string(in_pack) + "\n" + std::string(tables)}});
}

struct Row {
    Contradiction what;
    std::string_view in_pack, tables, field;
};
using C = Contradiction;
const std::vector<Row> table{
    {C::base_without_fraction, "", "[threshold.motion]\nbase = \"present\"", "threshold.motion.base"},
    {C::fraction_of_no_base, "", "[threshold.motion]\nbase = \"none\"\nfraction = [1, 2]\ncomparison = \"gt\"",
     "threshold.motion.base"},
    {C::base_of_a_fraction_of_nothing, "",
     "[threshold.motion]\nbase = \"present\"\nfraction = [0, 1]\ncomparison = \"ge\"", "threshold.motion.base"},
    {C::fraction_without_comparison, "", "[quorum.ordinary]\nfraction = [1, 2]\nof = \"entitled\"",
     "quorum.ordinary.fraction"},
    {C::quorum_of_nothing, "", "[quorum.ordinary]\nfraction = [1, 2]\ncomparison = \"ge\"", "quorum.ordinary.fraction"},
    {C::more_than_all, "", "[quorum.election]\nfraction = [3, 3]\ncomparison = \"gt\"\nof = \"entitled\"",
     "quorum.election.fraction"},
    {C::more_than_all, "", "[threshold.removal]\nfraction = [1, 1]\ncomparison = \"gt\"\nbase = \"for_plus_against\"",
     "threshold.removal.fraction"},
    {C::more_than_all, "", "[base]\ndraft_threshold = [5, 5]\ndraft_threshold_comparison = \"gt\"",
     "base.draft_threshold"},
    {C::more_than_all, "", "[base]\ndraft_quorum_comparison = \"gt\"\n[region.north]\ndraft_quorum = [1, 1]",
     "region.north.draft_quorum"},
    {C::no_way_left_open, "", "[threshold.motion]\nmode = []", "threshold.motion.mode"},
    {C::no_way_left_open, "", "[bodies.committee]\nelected_by = []", "bodies.committee.elected_by"},
    {C::no_way_left_open, "", "[shortfall]\noptions = []", "shortfall.options"},
    {C::secret_vote_without_its_mode, "",
     "[threshold.removal]\nsecret = true\nmode = [\"show_of_hands\", \"acclamation\"]", "threshold.removal.secret"},
    {C::secret_vote_without_its_mode, "", "[threshold.election]\nsecret = true\n[ballot]\nsecret = false",
     "threshold.election.secret"},
    {C::ballots_counted_before_they_return, "", "[quorum.election]\ncounts = \"returned\"\nmeasured_at = \"opening\"",
     "quorum.election.measured_at"},
    {C::two_sizes_of_one_body, "", "[bodies.committee]\nseats = [7, 9]\nsize = [[1, -1, 3, 5]]",
     "bodies.committee.seats"},
    {C::office_of_several, "", "[bodies.chair]\nseats = [2, 3]", "bodies.chair.seats"},
    {C::body_elects_itself, "", "[bodies.committee]\nelected_by = \"committee\"", "bodies.committee.elected_by"},
    {C::table_leaves_a_gap, "", "[delegates]\nsize = [[1, 99, 3, 5], [120, -1, 7, 9]]", "delegates.size"},
    {C::no_mark_for, "", "[ballot]\nmarks = []", "ballot.marks"},
    {C::blank_means_an_abstention_not_offered, "", "[ballot]\nmarks = [\"for\"]\nblank_means = \"abstain\"",
     "ballot.blank_means"},
    {C::blank_means_an_abstention_not_offered, "measure_must_set = [\"ballot.blank_means\"]",
     "[ballot]\nmarks = [\"for\", \"against\"]\nblank_means = \"abstain\"", "ballot.blank_means"},
    {C::condition_on_write_ins_not_allowed, "", "[ballot]\nwrite_in = false\nwrite_in_needs_against = true",
     "ballot.write_in_needs_against"},
    {C::write_in_needs_an_against_not_offered, "", "[ballot]\nmarks = [\"for\"]\nwrite_in_needs_against = true",
     "ballot.write_in_needs_against"},
    {C::base_counts_an_against_not_offered, "",
     "[ballot]\nmarks = [\"for\"]\n[threshold.election]\nbase = \"for_plus_against\"\nfraction = [1, 2]\ncomparison = "
     "\"gt\"",
     "threshold.election.base"},
    {C::further_ballot_without_threshold, "", "[tie]\nmethod = \"revote_among_tied\"", "tie.method"},
    {C::further_ballot_without_threshold, "", "[tie]\nsecond_tie = \"runoff_among_tied\"", "tie.second_tie"},
    {C::tie_asks_more_than_the_election, "",
     "[tie]\nrevote_threshold = \"majority\"\n[threshold.election]\nbase = \"none\"\nfraction = [0, 1]\ncomparison = "
     "\"ge\"",
     "tie.revote_threshold"},
    {C::runoff_without_threshold, "", "[shortfall]\noptions = [\"runoff_top_two\"]", "shortfall.options"},
    {C::term_beyond_its_limit, "", "[term]\nyears_allowed = [3, 5]\nyears_max = 4", "term.years_allowed"},
    {C::delegates_outside_every_size, "", "[assembly]\ndelegates_total = 61\n[delegates]\nsize = [[1, -1, 30, 60]]",
     "assembly.delegates_total"},
    {C::body_on_joint_and_separate_ballot, "",
     "[ballot]\njoint_ballot = [\"treasurer\", \"chair\"]\nseparate_ballots = [\"chair\"]", "ballot.joint_ballot"},
    {C::preselection_allowed_and_not, "", "[ballot]\npreselection = true\n[preselection]\nallowed = false",
     "ballot.preselection"},
    {C::must_set_what_no_measure_may, "measure_must_set = [\"region.north.draft_to\"]",
     "[region.north]\ndraft_to = \"x\"", "pack.measure_must_set"}};

}  // namespace

TEST_CASE("rules that cannot all be followed do not load, and the refusal names why and where") {
    std::set<Contradiction> seen;
    for (const auto& [what, in_pack, tables, field] : table) {
        CAPTURE(tables);
        const auto rules = load(in_pack, tables);
        REQUIRE(!rules);
        CHECK(rules.error().name() == "rules.pack_contradicts");
        CHECK(rules.error().fact("reason") == name_of(what));
        CHECK(rules.error().place.field == field);
        seen.insert(what);
    }
    // Three are found while a file is read, before there are rules to hold together.
    seen.insert({C::id_not_of_the_file, C::word_twice_in_a_list, C::nothing_is_tighter});
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Contradiction>>(
        [&](auto each) { CHECK(seen.contains(each.value)); });
}

TEST_CASE("the page about packs tells every contradiction") {
    const auto page = read_file("docs/formats/rule-pack.md");
    REQUIRE(page);
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Contradiction>>(
        [&](auto each) { CHECK(page->find("| `" + std::string(each.name) + "` |") != std::string::npos); });
}

TEST_CASE("what can just be met loads: all of them, and more than nearly all") {
    CHECK(load("", "[quorum.election]\nfraction = [3, 3]\ncomparison = \"ge\"\nof = \"entitled\""));
    CHECK(load("", "[threshold.motion]\nfraction = [99, 100]\ncomparison = \"gt\"\nbase = \"present\""));
    CHECK(load("", "[threshold.motion]\nsecret = true\nmode = \"secret\""));
    CHECK(load("", "[term]\nyears_allowed = [3, 5]\nyears_max = 5"));
    CHECK(load("", "[delegates]\nsize = [[1, 99, 3, 5], [100, -1, 7, 9]]"));
    CHECK(load("", "[assembly]\ndelegates_total = 60\n[delegates]\nsize = [[1, -1, 30, 60]]"));
    CHECK(load("", "[bodies.committee]\nelected_by = [\"assembly\", \"committee\"]"));
}

TEST_CASE("a measure by which nobody could be elected any more is refused with its field") {
    const auto basic = *Rules::from_pack("cn-grassroots-2016", packs_in_use());
    const auto refused = [&](std::string_view text, Contradiction what, std::string_view field) {
        CAPTURE(text);
        const auto adopted = basic.with_measure(text, "measure.toml");
        REQUIRE(!adopted);
        CHECK(adopted.error().name() == "rules.pack_contradicts");
        CHECK(adopted.error().fact("reason") == name_of(what));
        CHECK(adopted.error().place.file == "measure.toml");
        CHECK(adopted.error().place.field == field);
    };
    refused("[threshold.election]\nfraction = [1, 1]", C::more_than_all, "threshold.election.fraction");
    refused("[quorum.election]\nfraction = [1, 1]\ncomparison = \"gt\"", C::more_than_all, "quorum.election.fraction");
    refused("[bodies.committee]\nseats = [7, 9]", C::two_sizes_of_one_body, "bodies.committee.seats");
    // Every part of a measure is held against those before it.
    const auto first = basic.with_measure("[quorum.election]\nfraction = [1, 1]", "one.toml");
    REQUIRE(first);
    CHECK(!first->with_measure("[quorum.election]\ncomparison = \"gt\"", "two.toml"));
}

TEST_CASE("a role that no pack knows is refused, because it would bar nobody") {
    const auto basic = *Rules::from_pack("cn-grassroots-2016", packs_in_use());
    CHECK(roles_are_known(basic, {{"d1", {"member"}}, {"d2", {"chair", "asset_staff"}}, {"d3", {}}}));
    const auto refused = roles_are_known(basic, {{"d1", {"member"}}, {"d2", {"member", "boss"}}});
    CHECK(refused_as(refused, rules::Why::role_unknown));
    if (!refused) {
        CHECK(refused.error().fact("role") == "boss");
        CHECK(refused.error().place.field == "candidates[1].roles");
        CHECK(refused.error().fact("allowed").find("employer_head") != std::string_view::npos);
    }
}
