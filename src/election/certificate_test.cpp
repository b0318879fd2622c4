// SPDX-License-Identifier: Apache-2.0
#include "election/certificate.h"

#include <doctest/doctest.h>

#include "base/file.h"
#include "election/fixture_test.h"

using namespace plenum;
using namespace plenum::election;
using namespace plenum::election::fixture;

namespace {

/// A pack of its own, so that the example stays as it is when the law changes the others.
const std::string pack_text = R"([pack]
id = "example"
schema = 1
status = "draft"
measure_must_set = ["ballot.blank_means"]
measure_may_tighten = []
[pack.title]
zh-Hans = "示例"
zh-Hant = "範例"
en = "Example"
[ballot]
secret = true
marks = ["for", "against", "abstain"]
blank_means = "unset"
write_in = true
write_in_needs_against = true
max_choices = "seats"
over_vote = "invalid_ballot"
under_vote = "valid"
unreadable = "invalid_ballot"
returned_gt_issued = "void_election"
[officers]
scrutineers_not_candidates = true
approval_by = "higher_union"
[surplus]
committee = [5, 100]
[bodies.committee]
seats = [3, 9]
[threshold.election]
fraction = [1, 2]
comparison = "gt"
base = "entitled"
rank_by = "for"
[tie]
at = "cut_line"
method = "revote_among_tied"
revote_threshold = "plurality"
second_tie = "repeat"
[shortfall]
options = ["further_election"]
)";

rules::Rules example_rules() {
    const auto pack = rules::Rules::from_pack("example", {{"example", pack_text}});
    if (!pack) FAIL(sentence_of(Language::en, pack.error()) << std::string(pack.error().name()));
    const auto out = pack->with_measure("[ballot]\nblank_means = \"abstain\"\n", "measure.toml");
    if (!out) FAIL(sentence_of(Language::en, out.error()));
    return *out;
}

}  // namespace

TEST_CASE("the example in the page on certificates is what this program writes and accepts") {
    const auto page = read_file("docs/formats/certificate.md");
    REQUIRE(page);
    const auto begin = page->find("```json\n");
    const auto end = page->find("\n```", begin);
    REQUIRE(end != std::string::npos);
    const auto example = page->substr(begin + 8, end - begin - 8);

    Course course;
    course.must(prepare(3, example_rules(), "committee", 30));
    course.must(Nominate{list(4)});
    course.must(AdoptList{"decision of the 3rd sitting"});
    course.must(officers());
    course.must(ShowBoxEmpty{{{"s1"}, {"s2"}}});
    const auto at = hall(6, 7);
    course.must(IssueBallots{8, 6, 1, 1}, at);
    course.must(CollectBallots{6}, at);
    auto sheet = sheet_of(course.election, {5, 4, 2, 0}, 1);
    sheet.write_ins = {{"Someone Else", 4}};
    course.must(EnterCount{{"t1"}, sheet});
    course.must(EnterCount{{"t2"}, sheet});
    course.must(CompareCounts{}, at);
    course.must(CheckWriteIn{"Someone Else", true, "member since 2019"});
    course.must(Certify{{{"s1"}, {"s2"}}, {}}, at);
    const auto written = canonical_json(certificate_document(course.election));
    const auto read = json_from_text(example);
    REQUIRE(read);
    CHECK(canonical_json(*read) == written);
    const auto certificate = verify_certificate(*read);
    REQUIRE(certificate);
    CHECK(certificate->course.elected == std::vector<std::string>{"c1", "c2", "write-in-1-1"});
}
