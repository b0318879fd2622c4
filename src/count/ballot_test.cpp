// SPDX-License-Identifier: Apache-2.0
#include "count/ballot.h"

#include <doctest/doctest.h>

using namespace plenum;
using namespace plenum::count;

namespace {

BallotRules basic() {
    BallotRules out;
    out.write_in = true;
    out.write_in_needs_against = true;
    out.unreadable = Fault::invalid_ballot;
    return out;
}
BallotRules convention() {
    BallotRules out;
    out.against_offered = out.abstain_offered = false;
    out.blank_means = BlankMeans::ignored;
    out.write_in = true;
    out.over_vote = Fault::illegal_counts_in_base;
    out.unreadable = Fault::illegal_counts_in_base;
    out.ineligible_choice = Fault::illegal_counts_in_base;
    return out;
}
Marks marks(std::int64_t in_favour, std::int64_t against, std::int64_t abstain, std::int64_t write_ins) {
    Marks out;
    out.seats = 5;
    out.candidates = 7;
    out.in_favour = in_favour;
    out.against = against;
    out.abstain = abstain;
    out.write_ins = write_ins;
    return out;
}

}  // namespace

TEST_CASE("a paper ballot of five seats and seven names is classified") {
    struct Row {
        Marks marks;
        BallotClass kind;
        BallotReason reason;
        std::int64_t credited;
    };
    for (const auto& [given, kind, reason, credited] :
         {Row{marks(5, 2, 0, 0), BallotClass::valid, BallotReason::none, 5},
          Row{marks(6, 1, 0, 0), BallotClass::invalid, BallotReason::over_vote, 0},
          Row{marks(5, 1, 0, 1), BallotClass::invalid, BallotReason::over_vote, 0},
          Row{marks(4, 1, 2, 1), BallotClass::valid, BallotReason::none, 5},
          Row{marks(3, 1, 3, 2), BallotClass::invalid, BallotReason::write_ins_exceed_against, 0},
          Row{marks(0, 7, 0, 0), BallotClass::valid, BallotReason::none, 0},
          Row{marks(0, 0, 0, 0), BallotClass::valid, BallotReason::none, 0}}) {
        const auto ballot = classify(given, basic());
        REQUIRE(ballot);
        CHECK(*ballot == Classified{kind, reason, credited});
    }
}

TEST_CASE("what an untouched ballot means is for the rules to say") {
    struct Row {
        BlankMeans means;
        BallotClass kind;
        BallotReason reason;
    };
    for (const auto& [means, kind, reason] : {Row{BlankMeans::abstain, BallotClass::valid, BallotReason::none},
                                              Row{BlankMeans::approve, BallotClass::invalid, BallotReason::over_vote},
                                              Row{BlankMeans::ignored, BallotClass::ignored, BallotReason::blank},
                                              Row{BlankMeans::invalid, BallotClass::invalid, BallotReason::blank}}) {
        auto rules = basic();
        rules.blank_means = means;
        CHECK(*classify(marks(0, 0, 0, 0), rules) == Classified{kind, reason, 0});
    }
    auto rules = basic();
    rules.blank_means = BlankMeans::approve;
    CHECK(classify(marks(1, 2, 0, 0), rules)->credited_for == 5);
}

TEST_CASE("a convention keeps illegal votes in the base and leaves blanks out") {
    CHECK(*classify(marks(0, 0, 0, 0), convention()) == Classified{BallotClass::ignored, BallotReason::blank, 0});
    CHECK(*classify(marks(6, 0, 0, 0), convention()) ==
          Classified{BallotClass::illegal_counts_in_base, BallotReason::over_vote, 0});
    CHECK(*classify(marks(1, 1, 0, 0), convention()) ==
          Classified{BallotClass::invalid, BallotReason::mark_not_offered, 0});
    auto for_nobody = marks(2, 0, 0, 0);
    for_nobody.ineligible_choices = 2;
    CHECK(classify(for_nobody, convention())->kind == BallotClass::illegal_counts_in_base);
    for_nobody.ineligible_choices = 1;
    CHECK(classify(for_nobody, convention())->kind == BallotClass::valid);
    auto torn = marks(2, 0, 0, 0);
    torn.unreadable = true;
    CHECK(classify(torn, convention())->kind == BallotClass::illegal_counts_in_base);
    CHECK(refused_as(classify(torn, BallotRules{}), count::Why::rule_missing));
    auto no_write_in = convention();
    no_write_in.write_in = false;
    CHECK(classify(marks(1, 0, 0, 1), no_write_in)->reason == BallotReason::write_in_not_allowed);
}

TEST_CASE("in every small world a valid ballot credits no more names than seats, and a slip of the reader is refused") {
    for (const auto means : {BlankMeans::abstain, BlankMeans::approve, BlankMeans::ignored, BlankMeans::invalid})
        for (const bool needs_against : {true, false})
            for (std::int64_t seats = 1; seats <= 3; ++seats)
                for (std::int64_t in_favour = 0; in_favour <= 5; ++in_favour)
                    for (std::int64_t against = 0; against <= 5; ++against)
                        for (std::int64_t abstain = 0; abstain <= 2; ++abstain)
                            for (std::int64_t write_ins = 0; write_ins <= 3; ++write_ins) {
                                auto rules = basic();
                                rules.blank_means = means;
                                rules.write_in_needs_against = needs_against;
                                auto given = marks(in_favour, against, abstain, write_ins);
                                given.seats = seats;
                                given.candidates = 4;
                                const auto ballot = classify(given, rules);
                                if (in_favour + against + abstain > 4) {
                                    CHECK(refused_as(ballot, count::Why::marks_exceed_candidates));
                                    continue;
                                }
                                REQUIRE(ballot);
                                CHECK(ballot->credited_for <= seats);
                                if (ballot->kind != BallotClass::valid) CHECK(ballot->credited_for == 0);
                                if (needs_against && write_ins > against && ballot->reason != BallotReason::blank)
                                    CHECK(ballot->kind == BallotClass::invalid);
                                given.unmarked = 4 - in_favour - against - abstain;
                                CHECK(*classify(given, rules) == *ballot);
                                given.unmarked = *given.unmarked + 1;
                                CHECK(refused_as(classify(given, rules), count::Why::marks_do_not_add_up));
                            }
    auto vast = marks(INT64_MAX, INT64_MAX, 0, 0);
    CHECK(refused_as(classify(vast, basic()), count::Why::number_out_of_range));
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<BallotReason>>(
        [](auto each) { CHECK(!text_of(each.value).zh_hans.starts_with("count.")); });
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<BallotClass>>(
        [](auto each) { CHECK(!text_of(each.value).zh_hans.starts_with("count.")); });
}
