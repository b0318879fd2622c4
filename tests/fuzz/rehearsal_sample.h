// SPDX-License-Identifier: Apache-2.0
// A small scenario: twelve delegates of two locals under bylaws that build on the pack "robert-convention". The fuzzer
// alters scenario.toml; the roster and the bylaws beside it stay.
#pragma once
#include <string_view>

namespace plenum::fuzz {

constexpr std::string_view sample_roster =
    "序号,代表团,姓名,性别,民族,出生年月,政治面貌,学历,单位及职务,代表类别,手机号码,备注\n"
    "1,甲,何样,女,,,,,,delegate,,团长\n2,甲,何例,男,,,,,,delegate,,\n3,甲,何试,女,,,,,,delegate,,\n"
    "4,甲,何填,男,,,,,,delegate,,\n5,甲,何代,女,,,,,,delegate,,\n6,甲,何假,男,,,,,,delegate,,\n"
    "7,甲,何设,女,,,,,,delegate,,\n8,乙,张样,男,,,,,,delegate,,团长\n9,乙,张例,女,,,,,,delegate,,\n"
    "10,乙,张试,男,,,,,,delegate,,\n11,乙,张填,女,,,,,,delegate,,\n12,乙,张代,男,,,,,,delegate,,\n";

constexpr std::string_view sample_bylaws = R"([pack]
id = "x"
schema = 1
title = { zh-Hans = "章程", zh-Hant = "章程", en = "Bylaws" }
inherits = "robert-convention"
status = "confirmed"
[term]
years_allowed = [3]
[threshold.motion]
mode = ["acclamation", "show_of_hands"]
[surplus]
chair = [0, 1]
[uncontested]
ballot_required = true
[bodies.committee]
seats = [2, 4]
)";

constexpr std::string_view sample_scenario = R"([scenario]
id = "x-1"
roster = "roster.csv"
first_day = "2027-08-16"
utc_offset_minutes = -300
units = [
  { id = "a", name = { zh-Hans = "甲", zh-Hant = "甲", en = "A" }, members = 170, seats = 7 },
  { id = "b", name = { zh-Hans = "乙", zh-Hant = "乙", en = "B" }, members = 90, seats = 5 } ]
[[step]]
act = "congress.plan"
by = "s"
day = -120
at = "09:00"
with.organisation = { zh-Hans = "会", zh-Hant = "會", en = "Union" }
with.higher_union = { zh-Hans = "会", zh-Hant = "會", en = "Union" }
with.numbering = { style = "congress_number", term = 12, session = 1 }
with.congress_kind = "electing"
with.rehearsal = true
with.members = 260
with.women_members = 100
with.delegates = 12
with.term_years = 3
with.begins_on = "@day"
with.ends_on = "@day+1"
with.place = { zh-Hans = "堂", zh-Hant = "堂", en = "Hall" }
with.utc_offset_minutes = -300
with.bodies = [
  { name = "chair", title = { zh-Hans = "主席", zh-Hant = "主席", en = "President" }, seats = 1 },
  { name = "committee", title = { zh-Hans = "委", zh-Hant = "委", en = "Board" }, seats = 2 } ]
with.pack = "x"
with.pack_texts = { x = "@file:bylaws.toml" }
[[step]]
act = "rehearsal.confirm_values"
by = "s"
[[step]]
act = "congress.allocate"
by = "s"
day = -110
with.method = "stated"
with.minimum = 1
with.units = [
  { id = "a", name = { zh-Hans = "甲", zh-Hant = "甲", en = "A" }, members = 170, seats = 7 },
  { id = "b", name = { zh-Hans = "乙", zh-Hant = "乙", en = "B" }, members = 90, seats = 5 } ]
[[step]]
act = "rehearsal.unit_elections"
by = "s"
[[step]]
act = "rehearsal.review_credentials"
by = "s"
[[step]]
act = "congress.open_check_in"
by = "s"
day = 0
at = "08:30"
with.sitting = "one"
with.sitting_kind = "preparatory"
with.title = { zh-Hans = "一", zh-Hant = "一", en = "one" }
with.elects = false
[[step]]
act = "rehearsal.arrive"
by = "d"
with.absent = 2
with.absent_more = 1
with.minutes = 20
with.surely = ["d001", "d002"]
[[step]]
act = "congress.open_sitting"
by = "c"
with.chair = "d001"
[[step]]
act = "congress.put_question"
by = "c"
with.question = "agenda"
with.text = { zh-Hans = "程", zh-Hant = "程", en = "Agenda?" }
with.mode = "show_of_hands"
with.subject.agenda.items = [
  { id = "r", type = "report", title = { zh-Hans = "报", zh-Hant = "報", en = "Report" }, presenter = "", body = "" },
  { id = "e", type = "election", title = { zh-Hans = "选", zh-Hant = "選", en = "Election" }, presenter = "", body = "committee" } ]
[[step]]
act = "rehearsal.show_of_hands"
by = "c"
with.question = "agenda"
with.against = 1
with.abstain = 1
[[step]]
act = "congress.close_sitting"
by = "c"
[[step]]
act = "congress.open_check_in"
by = "s"
day = 1
at = "08:30"
with.sitting = "two"
with.sitting_kind = "plenary"
with.title = { zh-Hans = "二", zh-Hant = "二", en = "two" }
with.elects = true
[[step]]
act = "rehearsal.arrive"
by = "d"
with.enrolled = true
with.at_most = 11
[[step]]
act = "congress.open_sitting"
by = "c"
with.chair = "d001"
[[step]]
act = "rehearsal.leave"
by = "d"
with.count = 1
[[step]]
act = "congress.call_item"
by = "c"
with.item = "e"
[[step]]
act = "election.prepare"
by = "s"
with.election = "x-e"
with.body = "committee"
[[step]]
act = "election.nominate"
by = "s"
with.election = "x-e"
with.candidates = [
  { id = "d002", name = "何例", unit = "甲", roles = [] },
  { id = "d008", name = "张样", unit = "乙", roles = [] },
  { id = "d009", name = "张例", unit = "乙", roles = [] } ]
[[step]]
act = "congress.put_question"
by = "c"
with.question = "list"
with.item = "e"
with.text = { zh-Hans = "单", zh-Hant = "單", en = "List?" }
with.mode = "show_of_hands"
with.subject = { candidates = { body = "committee" } }
[[step]]
act = "rehearsal.show_of_hands"
by = "c"
with.question = "list"
[[step]]
act = "rehearsal.ballot"
by = "s"
with.body = "committee"
with.election = "x-e"
with.round = 1
with.scrutineer = "Observer"
with.first_teller = "One"
with.second_teller = "Two"
with.support = 800
with.weaker = { d009 = 100 }
with.spoilt = 1
with.spare = 4
with.missing = 1
with.blank = 0
with.invalid = 1
[[step]]
act = "rehearsal.turn_pages"
by = "s"
[[step]]
act = "congress.close_congress"
by = "c"
expect = "congress.items_open"
hold_ms = 5
)";

}  // namespace plenum::fuzz
