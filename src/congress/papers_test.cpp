// SPDX-License-Identifier: Apache-2.0
// Minutes and communique say what happened: by the votes, by the days, by the counts.
#include "congress/papers.h"

#include "base/texts.h"
#include "congress/hall_for_tests.h"
#include "congress/sentences.h"

using namespace plenum;
using namespace plenum::congress;

namespace {

constexpr std::int64_t day_ms = 86'400'000;

struct Told : Hall {
    Told() { now = {1'789'960'000'000}; }  // half past ten in the morning of 21 September 2026, there

    std::string news(Language language) const { return markdown_from(communique(history, "h", language)); }
    std::string told(Language language) const { return markdown_from(minutes(history, {}, "h", language)); }
    bool in_news(std::string_view words, Language language = Language::en) const {
        return news(language).find(words) != std::string::npos;
    }
    bool in_minutes(std::string_view words, Language language = Language::en) const {
        return told(language).find(words) != std::string::npos;
    }

    /// The preparatory sitting, with an agenda of reports and one further item.
    void prepare_agenda(std::vector<AgendaItem> items) {
        doors(SittingKind::preparatory, false, 27);
        must(ask::OpenSitting{delegate(1)});
        adopt("voting", voting_rules());
        adopt("credentials", AdoptCredentialsReport{});
        adopt("presidium", ElectPresidium{{delegate(1), delegate(2), delegate(18)}, delegate(2)});
        adopt("agenda", AdoptAgenda{std::move(items)});
        must(ask::CloseSitting{});
    }
    static AgendaItem item(const std::string& id, ItemType type, const std::string& title) {
        return {{id}, type, same_text(title), "Person 1", ""};
    }
    void open_plenary(const std::string& id, const std::string& title, int arriving, bool elects = false) {
        must(ask::OpenCheckIn{{id}, SittingKind::plenary, same_text(title), elects});
        for (int i = 1; i <= arriving; ++i) must(ask::CheckIn{delegate(i), CheckInMethod::card});
        must(ask::OpenSitting{delegate(1)});
    }
    void hear(const std::string& id, Delivery delivery) {
        must(ask::CallItem{{id}});
        must(ask::LayDocument{ItemId{id}, same_text(id), "en", "The text of " + id});
        for (const auto& [hash, document] : congress.documents)
            if (document.item == ItemId{id}) return must(ask::HearReport{{id}, "Person 1", delivery, hash});
    }
    void deliberate(const std::string& id) {
        must(ask::RecordDeliberation{{id}, {"east"}, 2, same_text("agreed"), {}});
    }
    void vote(const std::string& question, Subject subject, const std::string& item, std::int64_t in_favour,
              std::int64_t against) {
        must(Hall::question(question, std::move(subject), ItemId{item}));
        must(ask::DeclareVote{{question}, in_favour, against, 0});
    }

    /// A round of the committee's election in which so many of the list are elected, the first of them first.
    void round(int number, int seats, int elected, std::vector<std::string> next = {}) {
        must(ask::MeasureQuorum{QuorumOccasion::ballot_issue, "committee", number});
        auto out = result();
        out.round = number;
        out.seats = seats;
        out.open = seats - elected;
        out.next = std::move(next);
        out.rows.clear();
        for (const auto& each : congress.find_body("committee")->list->candidates) {
            const int rank = static_cast<int>(out.rows.size()) + 1;
            out.rows.push_back(
                {rank, each.id, each.name, each.unit, 24 - rank, rank, 0, rank <= elected, false, false, false});
        }
        out.certificate = std::string(64, static_cast<char>('a' + number));
        must(ask::DeclareResult{out});
    }
    /// More ballots are in the box than were issued.
    void void_round() {
        must(ask::MeasureQuorum{QuorumOccasion::ballot_issue, "committee", 1});
        auto out = result();
        out.valid_election = false;
        out.returned = out.issued + 1;
        out.valid = out.invalid = 0;
        out.open = 5;
        out.next = {"repeat_election"};
        for (auto& row : out.rows) row.elected = false;
        must(ask::DeclareResult{out});
    }
};

}  // namespace

TEST_CASE("the communique tells what became of a report by the vote on it, and how it came before the congress") {
    struct Row {
        Delivery delivery;
        bool deliberated;
        std::optional<std::int64_t> in_favour;  // of 25, 16 are needed
        const char* zh;
        const char* hant;
        const char* en;
    };
    for (const auto& [delivery, deliberated, in_favour, zh, hant, en] :
         {Row{Delivery::read_out, true, 16, "大会听取、审议并通过《Work report》。",
              "大會聽取、審議並通過《Work report》。", "- Heard, deliberated and adopted: Work report."},
          Row{Delivery::read_out, true, 15, "大会听取、审议《Work report》，经表决未获通过。",
              "大會聽取、審議《Work report》，經表決未獲通過。",
              "- Heard and deliberated, but not adopted by the vote: Work report."},
          Row{Delivery::read_out,
              true,
              {},
              "大会听取和审议《Work report》。",
              "大會聽取和審議《Work report》。",
              "- Heard and deliberated: Work report."},
          Row{Delivery::read_out,
              false,
              {},
              "大会听取《Work report》。",
              "大會聽取《Work report》。",
              "- Heard: Work report."},
          Row{Delivery::in_writing, true, 16, "大会审议并通过书面提交的《Work report》。",
              "大會審議並通過書面提交的《Work report》。",
              "- Submitted in writing, deliberated and adopted: Work report."},
          Row{Delivery::in_writing, true, 15, "大会审议书面提交的《Work report》，经表决未获通过。",
              "大會審議書面提交的《Work report》，經表決未獲通過。",
              "- Submitted in writing and deliberated, but not adopted by the vote: Work report."},
          Row{Delivery::in_writing,
              true,
              {},
              "大会审议书面提交的《Work report》。",
              "大會審議書面提交的《Work report》。",
              "- Submitted in writing and deliberated: Work report."},
          Row{Delivery::in_writing,
              false,
              {},
              "《Work report》书面提交大会。",
              "《Work report》書面提交大會。",
              "- Submitted in writing: Work report."}}) {
        CAPTURE(en);
        Told hall;
        hall.prepare();
        hall.prepare_agenda({Told::item("report", ItemType::report, "Work report")});
        hall.open_plenary("first", "first plenary sitting", 25);
        hall.hear("report", delivery);
        if (deliberated) hall.deliberate("report");
        if (in_favour) hall.vote("q", AdoptReport{}, "report", *in_favour, 25 - *in_favour);
        const bool done = in_favour == 16;
        CHECK(hall.congress.find_item({"report"})->done == done);
        if (!done) hall.must(ask::ConcludeItem{{"report"}});  // which adopts nothing
        CHECK(hall.in_news(zh, Language::zh_hans));
        CHECK(hall.in_news(hant, Language::zh_hant));
        CHECK(hall.in_news(en));
    }
}

TEST_CASE("a report that was voted down and then adopted as amended is adopted") {
    Told hall;
    hall.prepare();
    hall.prepare_agenda({Told::item("report", ItemType::report, "Work report")});
    hall.open_plenary("first", "first plenary sitting", 25);
    hall.hear("report", Delivery::read_out);
    hall.deliberate("report");
    hall.vote("z-first", AdoptReport{}, "report", 10, 14);
    CHECK(hall.in_news("not adopted by the vote"));
    // Another question under the same item says nothing of the report.
    hall.vote("b-motion", AdoptMotion{}, "report", 25, 0);
    CHECK(hall.in_news("not adopted by the vote"));
    hall.vote("a-second", AdoptReport{}, "report", 24, 1);
    CHECK(hall.in_news("- Heard, deliberated and adopted: Work report."));
}

TEST_CASE("days that follow each other are told by the first and the last, and what they have in common once") {
    struct Row {
        std::set<Date> days;
        const char* zh;
        const char* en;
    };
    for (const auto& [days, zh, en] :
         {Row{{{2026, 11, 18}}, "2026年11月18日", "on 18 November 2026"},
          Row{{{2026, 11, 18}, {2026, 11, 19}}, "2026年11月18日至19日", "from 18 to 19 November 2026"},
          Row{{{2026, 11, 30}, {2026, 12, 1}}, "2026年11月30日至12月1日", "from 30 November to 1 December 2026"},
          Row{{{2026, 12, 31}, {2027, 1, 1}},
              "2026年12月31日至2027年1月1日",
              "from 31 December 2026 to 1 January 2027"},
          Row{{{2026, 11, 18}, {2026, 11, 20}, {2026, 11, 21}},
              "2026年11月18日、2026年11月20日至21日",
              "on 18 November 2026 and from 20 to 21 November 2026"},
          Row{{{2026, 11, 1}, {2026, 11, 3}, {2026, 11, 5}},
              "2026年11月1日、2026年11月3日、2026年11月5日",
              "on 1 November 2026, on 3 November 2026 and on 5 November 2026"}}) {
        CHECK(written_days(days).zh_hans == zh);
        CHECK(written_days(days).zh_hant == zh);
        CHECK(written_days(days).en == en);
    }
}

TEST_CASE("the communique states the days on which sittings were held, and those of the plan only before") {
    Told hall;
    hall.prepare();  // planned are 18 and 19 November
    CHECK(hall.in_news("is to be held from 18 to 19 November 2026 at the Invented Hall"));
    CHECK(hall.in_news("定于2026年11月18日至19日在", Language::zh_hans));
    CHECK(hall.in_news("定於2026年11月18日至19日在", Language::zh_hant));
    hall.prepare_agenda({Told::item("only", ItemType::other, "Only item")});
    CHECK(hall.in_news("has sat on 21 September 2026 at the Invented Hall and is not closed yet"));
    CHECK(hall.in_news("已于2026年9月21日在the Invented Hall举行会议，尚未闭幕", Language::zh_hans));
    hall.now = hall.now + 2 * day_ms;
    hall.open_plenary("first", "first plenary sitting", 25);
    hall.must(ask::CallItem{{"only"}});
    hall.must(ask::InterruptSitting{Interruption::end_of_day, same_text("To be continued tomorrow.")});
    hall.now = hall.now + day_ms;
    hall.must(ask::ResumeSitting{});
    hall.must(ask::ConcludeItem{{"only"}});
    hall.must(ask::CloseCongress{});
    // Neither the days of the plan nor the one between, on which nobody sat.
    CHECK(hall.in_news("was held on 21 September 2026 and from 23 to 24 September 2026 at the Invented Hall."));
    CHECK(hall.in_news("于2026年9月21日、2026年9月23日至24日在the Invented Hall举行。", Language::zh_hans));
    CHECK(hall.in_news("於2026年9月21日、2026年9月23日至24日在the Invented Hall舉行。", Language::zh_hant));
    CHECK_FALSE(hall.in_news("November"));
    // The headings of the minutes have the same days.
    CHECK(hall.in_minutes("## Sitting 2: first plenary sitting (23 September 2026)"));
    CHECK(hall.in_minutes("## Sitting 2, continued: first plenary sitting (24 September 2026)"));
    CHECK(hall.in_minutes("## 第 2 次会议（续）：first plenary sitting（2026年9月24日）", Language::zh_hans));
}

TEST_CASE("what goes on after a first plenary, or in it on another day, has its day in the heading") {
    Told hall;
    hall.up_to_plenary();
    hall.plenary();
    hall.must(ask::InterruptSitting{Interruption::end_of_day, same_text("To be continued tomorrow.")});
    hall.now = hall.now + day_ms;
    hall.must(ask::ResumeSitting{});
    hall.must(ask::CloseSitting{});
    hall.must(ask::ResumeSitting{});
    CHECK(hall.in_minutes("## First plenary of committee (21 September 2026)"));
    CHECK(hall.in_minutes("## First plenary of committee, continued (22 September 2026)"));
    CHECK(hall.in_minutes("## Sitting 2, continued: sitting (22 September 2026)"));
    CHECK(hall.in_minutes("## 第 2 次會議（續）：sitting（2026年9月22日）", Language::zh_hant));
    CHECK(hall.in_minutes("\nScrutineer: Person 10\n"));  // one besides the head
    CHECK(hall.in_news("from 21 to 22 September 2026"));
}

TEST_CASE("a sitting that waited for its quorum is told like any other, and one that never had it is not counted") {
    Told hall;
    hall.prepare();
    hall.prepare_agenda({Told::item("only", ItemType::other, "Only item")});
    const auto waiting = [&](const std::string& id, const std::string& title) {
        hall.must(ask::OpenCheckIn{{id}, SittingKind::plenary, same_text(title), false});
        for (int i = 1; i <= 7; ++i) hall.must(ask::CheckIn{Hall::delegate(i), CheckInMethod::card});
        hall.must(ask::InterruptSitting{Interruption::want_of_quorum, same_text("Waiting.")});
    };
    waiting("never", "attempt");
    hall.must(ask::CloseSitting{});
    waiting("late", "first plenary sitting");
    for (int i = 8; i <= 23; ++i) hall.must(ask::CheckIn{Hall::delegate(i), CheckInMethod::card});
    hall.must(ask::ResumeSitting{});
    hall.must(ask::CloseSitting{});
    hall.open_plenary("second", "second plenary sitting", 26);
    const auto news = hall.news(Language::en);
    const auto first = news.find(
                   "\nFirst plenary sitting (21 September 2026): 23 of 30 delegates were present; 20 make a quorum."),
               second = news.find("\nSecond plenary sitting (21 September 2026): 26 of 30 delegates were present;");
    CHECK(first != std::string::npos);
    CHECK(first < second);
    CHECK(second != std::string::npos);
    CHECK(news.find("ttempt") == std::string::npos);
    CHECK(hall.in_news("first plenary sitting（2026年9月21日）：应到代表 30 名，实到 23 名", Language::zh_hans));
    const auto told = hall.told(Language::en);
    const auto attended = told.find("- East Shop: 17 of 17 present\n- West Shop: 6 of 13 present");
    CHECK(attended != std::string::npos);
    CHECK(told.find("- East Shop: 17 of 17 present\n- West Shop: 6 of 13 present", attended + 1) == std::string::npos);
    CHECK(told.find("- East Shop: 17 of 17 present\n- West Shop: 9 of 13 present") != std::string::npos);
}

TEST_CASE("the delegations of the minutes add up to those who were counted, whoever has no valid mandate") {
    Told hall;
    hall.prepare();
    hall.must(ask::ReviewCredentials{{{Hall::delegate(16), Finding::invalid, "left the works"},
                                      {Hall::delegate(17), Finding::pending, "asked"},
                                      {Hall::delegate(30), Finding::invalid, "no member"}}});
    hall.must(ask::ReviewCredentials{{{Hall::delegate(17), Finding::invalid, "no answer"}}});
    hall.must(ask::OpenCheckIn{{"s1"}, SittingKind::preparatory, same_text("preparatory meeting"), false});
    for (int i = 1; i <= 29; ++i)
        if (i != 3 && i != 16 && i != 17) hall.must(ask::CheckIn{Hall::delegate(i), CheckInMethod::card});
    hall.must(ask::OpenSitting{Hall::delegate(1)});
    CHECK(hall.in_minutes("26 of 27 entitled"));
    CHECK(hall.in_minutes("- East Shop: 14 of 15 present\n- West Shop: 12 of 12 present"));
    CHECK(
        hall.in_minutes("- East Shop：应到 15 人，实到 14 人\n- West Shop：应到 12 人，实到 12 人", Language::zh_hans));
}

TEST_CASE("the rounds of an election are numbered and told with those they elected") {
    Told hall;
    hall.up_to_ballots();
    SUBCASE("and of seats that were open in between nothing is offered") {
        hall.round(1, 5, 3, {"further_election", "reduce_seats"});
        CHECK(hall.in_news("The open seats may be filled by a further election."));
        CHECK(hall.in_news("the number of seats may be reduced"));
        hall.adopt("second", Hall::list_of("committee", 2, {6, 7, 8}), ItemId{"election"});
        hall.round(2, 2, 2);
        CHECK(hall.in_news(
            "Round 1: 30 entitled, 25 taking part; 25 ballots issued, 25 returned, 24 valid, 1 invalid; elected: 3."));
        CHECK(hall.in_news(
            "Round 2: 30 entitled, 25 taking part; 25 ballots issued, 25 returned, 24 valid, 1 invalid; elected: 2."));
        CHECK(hall.in_news(
            "第 1 轮选举：应到 30 人，实到 25 人；发出选票 25 张，收回 25 张，有效 24 张，无效 1 张；当选 3 名。",
            Language::zh_hans));
        CHECK(hall.in_news("第 2 輪選舉", Language::zh_hant));
        CHECK(hall.in_news("名额 5 名，产生 5 名：当选，待Invented City Federation批准。", Language::zh_hans));
        for (const auto* offer : {"缺额", "减少名额"}) CHECK_FALSE(hall.in_news(offer, Language::zh_hans));
        // At that moment they were open, and the minutes tell the moment.
        CHECK(hall.in_minutes("缺额可另行选举。", Language::zh_hans));
        CHECK(hall.in_minutes("经多数同意，可减少名额。", Language::zh_hans));
    }
    SUBCASE("a single round has no number") {
        hall.round(1, 5, 5);
        CHECK(hall.in_news("Second Committee: 30 entitled, 25 taking part; 25 ballots issued"));
        CHECK_FALSE(hall.in_news("Round 1"));
    }
    SUBCASE("one that elected nobody says so, and then no seats can be reduced") {
        hall.round(1, 5, 0, {"further_election", "reduce_seats"});
        CHECK(hall.in_news("应选 5 名，无人当选。", Language::zh_hans));
        CHECK(hall.in_news("缺额可另行选举。", Language::zh_hans));
        CHECK_FALSE(hall.in_news("减少名额", Language::zh_hans));
        CHECK_FALSE(hall.in_minutes("减少名额", Language::zh_hans));
        hall.adopt("second", Hall::list_of("committee", 5, {3, 4, 5, 6, 7, 8}), ItemId{"election"});
        hall.round(2, 5, 5);
        CHECK(hall.in_news("有效 24 张，无效 1 张；无人当选。", Language::zh_hans));
        CHECK(hall.in_news("有效 24 张，无效 1 张；当选 5 名。", Language::zh_hans));
    }
    SUBCASE("one with more ballots than were issued is an invalid election") {
        hall.void_round();
        CHECK(hall.in_news("应选 5 名，选举无效，尚未选出。", Language::zh_hans));
        CHECK(hall.in_news(
            "第 1 轮选举为无效选举：应到 30 人，实到 25 人；发出选票 25 张，收回 26 张，收回的选票多于发出的选票。",
            Language::zh_hans));
        CHECK(hall.in_news("須重新選舉。", Language::zh_hant));
        hall.adopt("again", Hall::list_of("committee", 5, {3, 4, 5, 6, 7, 8}), ItemId{"election"});
        hall.round(2, 5, 5);
        CHECK(
            hall.in_news("Round 1 was an invalid election: 30 entitled, 25 taking part; 25 ballots issued and 26 "
                         "returned, more than were issued."));
        CHECK(hall.in_news(
            "Round 2: 30 entitled, 25 taking part; 25 ballots issued, 25 returned, 24 valid, 1 invalid; elected: 5."));
        CHECK(hall.in_news("第 1 輪選舉為無效選舉", Language::zh_hant));
        CHECK_FALSE(hall.in_news("is to be repeated"));
    }
    SUBCASE("seats that the congress leaves open are filled later or not at all") {
        hall.round(1, 5, 4, {"fill_later_by_rule_book", "further_election"});
        CHECK(hall.in_news("filled by a further election"));
        hall.must(ask::ConcludeItem{{"election"}});
        CHECK_FALSE(hall.in_news("filled by a further election"));
        CHECK(hall.in_news("filled later under the rule book"));
        CHECK(hall.in_news("seats open: 1"));
    }
}

TEST_CASE("the paragraphs of a resolution stay paragraphs, and nothing in them is read as more than text") {
    Told hall;
    hall.prepare();
    hall.prepare_agenda({Told::item("resolutions", ItemType::resolution, "Resolutions")});
    hall.open_plenary("first", "first plenary sitting", 25);
    hall.must(ask::CallItem{{"resolutions"}});
    hall.adopt(
        "r",
        AdoptResolution{
            same_text("Resolution"),
            same_text("大会号召：\r\n　　一、爱岗 <b>敬业</b>；\n\n1. second & third\n- a *list*\n- of two\n---\n"
                      "&lt;script&gt; R&D\n+ plus\n12) twelve\n")},
        ItemId{"resolutions"});
    for (const auto language : all_languages)
        for (const auto& paper : {minutes(hall.history, {}, "h", language), communique(hall.history, "h", language)}) {
            CHECK(markdown_from(paper).find(
                      "\n大会号召：\n\n　　一、爱岗 \\<b\\>敬业\\</b\\>；\n\n1\\. second & third\n\n"
                      "- a \\*list\\*\n- of two\n\n\\---\n\n\\&lt;script\\&gt; R&D\n\n\\+ plus\n\n"
                      "12\\) twelve\n") != std::string::npos);
            CHECK(html_from(paper).find(
                      "<p>大会号召：</p>\n<p>　　一、爱岗 &lt;b&gt;敬业&lt;/b&gt;；</p>\n"
                      "<p>1. second &amp; third</p>\n<ul>\n<li>a *list*</li>\n<li>of two</li>\n</ul>\n"
                      "<p>---</p>\n<p>&amp;lt;script&amp;gt; R&amp;D</p>\n<p>+ plus</p>\n<p>12) twelve</p>\n") !=
                  std::string::npos);
        }
}

TEST_CASE("a line feed in a note or in an amendment begins a new line") {
    Told hall;
    hall.prepare();
    hall.prepare_agenda({Told::item("report", ItemType::report, "Work report")});
    hall.open_plenary("first", "first plenary sitting", 25);
    hall.must(ask::NoteFact{same_text("One <i>.\n\n- two\n=== three")});
    hall.hear("report", Delivery::read_out);
    hall.must(ask::RecordDeliberation{
        {"report"}, {"east"}, 2, same_text("agreed"), {{same_text("First.\n1. Second."), Disposition::taken}}});
    CHECK(hall.in_minutes("One \\<i\\>.\\\n\\- two\\\n\\=== three\n"));
    CHECK(hall.in_minutes("- Amendment: First.\\\n  1\\. Second. (taken)\n"));
    const auto page = html_from(minutes(hall.history, {}, "h", Language::en));
    CHECK(page.find("One &lt;i&gt;.<br>\n- two<br>\n=== three</p>") != std::string::npos);
    CHECK(page.find("<li>Amendment: First.<br>\n1. Second. (taken)</li>") != std::string::npos);
}

TEST_CASE("whatever the wording of a question, the subject that is adopted with it is named") {
    Told hall;
    hall.prepare();
    hall.prepare_agenda({Told::item("report", ItemType::report, "Audit report")});
    hall.open_plenary("first", "first plenary sitting", 25);
    hall.hear("report", Delivery::in_writing);
    hall.deliberate("report");
    auto ask = Hall::question("dues", AdoptReport{}, ItemId{"report"});
    ask.text = {"通过关于涨会费的动议", "通過《AUDIT REPORT》", "Shall the audit report be adopted?"};
    hall.must(ask);
    const auto named = question_named(hall.congress, hall.congress.questions.at({"dues"}).put);
    CHECK(named.zh_hans == "通过关于涨会费的动议（《Audit report》）");
    CHECK(named.zh_hant == "通過《AUDIT REPORT》");
    CHECK(named.en == "Shall the audit report be adopted?");
    CHECK(hall.in_minutes("提请表决（举手表决）：通过关于涨会费的动议（《Audit report》）。", Language::zh_hans));
    hall.must(ask::WithdrawQuestion{{"dues"}});
    CHECK(hall.in_minutes("撤回表决：通过关于涨会费的动议（《Audit report》）", Language::zh_hans));
    // A motion is its own wording, also under the item of a report.
    auto motion = Hall::question("motion", AdoptMotion{}, ItemId{"report"});
    hall.must(motion);
    CHECK(question_named(hall.congress, motion.item ? hall.congress.questions.at({"motion"}).put : QuestionPut{}).en ==
          "Shall it be adopted?");
}
