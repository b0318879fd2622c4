// SPDX-License-Identifier: Apache-2.0
#include "count/ballots/read.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "count/fraction.h"
#include "count/methods.h"
#include "count/refusals.h"

using namespace plenum;
using namespace plenum::count;

namespace {

/// "3x1>2=3 1x": each ballot with its weight; equal ranks with =.
std::string written(const Profile& profile) {
    std::string out;
    for (std::size_t i = 0; i < profile.ballots(); ++i) {
        out += (i > 0 ? " " : "") + std::to_string(profile.weights[i]) + "x";
        for (auto at = profile.ends[i]; at < profile.ends[i + 1]; ++at) {
            const auto who = profile.preferences[at];
            if (at > profile.ends[i]) out += who & Profile::equal_bit ? "=" : ">";
            out += std::to_string((who & ~Profile::equal_bit) + 1);
        }
    }
    return out;
}

}  // namespace

TEST_CASE("BLT is read as it is found in the wild") {
    struct Row {
        const char *file, *ballots, *names;
    };
    for (const auto& [file, ballots, names] :
         {Row{"3 2\n4 1 2 0\n2 3 0\n0\n\"Castor\"\n\"Pollux\"\n\"Helen\"\n\"Title\"\n", "4x1>2 2x3",
              "Castor|Pollux|Helen|Title"},
          Row{"\xEF\xBB\xBF"
              "3 2 # comment\n-2\n1 1 3 0 /* and\nmore */ 5 3 0\n0\nAnn Lee (Ind)\nBo\nCy\nWard 5\n\nA: 123 votes\n",
              "1x1>3 5x3", "Ann Lee (Ind)|Bo|Cy|Ward 5"},
          Row{"2 1\n1 1 0\n0\n\"Jo M \"\"Green\"\"\"\n\"Al\" \"Labour\"\nTown", "1x1", "Jo M, Green|Al, Labour|Town"},
          Row{"3 2\n[nick a b c]\n[tie c b a]\n[droop precision=5]\n5 a b 0\n1 b=c 0\n3 c 0\n0\n\"A\"\n\"B\"\n\"C\"\n",
              "5x1>2 1x2=3 3x3", "A|B|C|"},
          Row{"3 1\n(id-7) 1 2 - 3 0\n2 (1 3) 2 0\n1 0\n0 \"A\" \"B\" \"C\" \"T\"", "1x2>3 2x1=3>2 1x", "A|B|C|T"},
          Row{"2 1\n1 1 0\n0\n\"Andr\xE9\"\n\"B\"\n", "1x1", "André|B|"}, Row{"1 1\n0\nOnly\n", "", "Only|"}}) {
        CAPTURE(file);
        const auto profile = read_ballots("x.blt", file);
        REQUIRE(profile);
        CHECK(written(*profile) == ballots);
        std::string all;
        for (const auto& name : profile->names) all += name + "|";
        CHECK(all + profile->title == names);
    }
    const auto drawn = read_ballots("x.blt", "3 2\n[tie 3 1 2]\n-2\n1 1 0\n0\nA\nB\nC\n");
    CHECK(drawn->drawn_order == std::vector<Candidate>{2, 0, 1});
    CHECK(drawn->withdrawn == std::vector<bool>{false, true, false});
}

TEST_CASE("other forms are read with their equal ranks") {
    const auto preflib = read_ballots(
        "x.toi", "# TITLE: Harbour\n# NUMBER ALTERNATIVES: 3\n# ALTERNATIVE NAME 2: Bo\n7: 2,{1,3}\n2: 3\n");
    REQUIRE(preflib);
    CHECK(written(*preflib) == "7x2>1=3 2x3");
    CHECK(preflib->names == std::vector<std::string>{"1", "Bo", "3"});
    const auto categories = read_ballots(
        "x.cat", "# NUMBER ALTERNATIVES: 3\n# NUMBER CATEGORIES: 2\n5: {1,3},{2}\n4: {},{1,2,3}\n1: 2,{1,3}\n");
    REQUIRE(categories);
    CHECK(categories->asked == Asked::marks);
    CHECK(written(*categories) == "5x1>3 4x 1x2");
    CHECK(written(*read_ballots("b.json", "[[1,2,0],[2,1,2],[0,0,0],[1,3,0]]")) == "1x1>2 1x2>1=3 1x 1x1>2");
    CHECK(read_ballots("b.json", "[[1,2,0],[1,3,0]]")->gapped == std::vector<std::size_t>{1});
    CHECK(written(*read_ballots("r.json", "{\"result\":[[3,4],[[1,2],[2,1]]]}")) == "1x1>2 1x2>1");
    CHECK(written(*read_ballots("b.json", "[[3,1],[1,3]]")) == "1x2>1 1x1>2");  // beyond the number of candidates
    CHECK(written(*read_ballots("b.json", "[[9,1,9,7]]")) == "1x2>4>1=3");
    const auto grades = read_ballots("b.json", "[[1,3],[2,2]]", Asked::grades);
    CHECK(grades->grades == std::vector<std::uint8_t>{1, 3, 2, 2});
    CHECK(grades->best_to_worst == 3);
    const auto marks = read_ballots("m.csv", "weight,\"Lee, Ann\",Bo,赵\n3,x,,○\n2,0,2,-\n");
    REQUIRE(marks);
    CHECK(marks->names == std::vector<std::string>{"Lee, Ann", "Bo", "赵"});
    CHECK(written(*marks) == "3x1>3 2x2");
    CHECK(marks->votes == std::vector<std::int64_t>{1, 1, 2});
    const auto stv = read_ballots("x.stv", "title=T\nseats=2\ncandidate=a Ann\ncandidate=b Bo\n31X a b\n2X b\nend\n");
    CHECK(written(*stv) == "31x1>2 2x2");
    CHECK(stv->seats == 2);
    CHECK(read_ballots("p.json", "{\"candidates\":[\"A\",\"B\"],\"pairs\":[[0,5],[3,0]]}")->pairs[0][1] == 5);
}

TEST_CASE("equal ballots of a Belenios list are put together where the first of them stood") {
    const auto ranks = read_ballots("b.json", "[[1,2,0],[2,1,3],\n [1,2,0] , [1,3,0],[1,2,0],[2,1,3],[1,3,0]]");
    REQUIRE(ranks);
    CHECK(written(*ranks) == "3x1>2 2x2>1>3 2x1>2");
    CHECK(ranks->gapped == std::vector<std::size_t>{2});
    CHECK(ranks->voters() == 7);
    CHECK(std::vector{ranks->number_in_file(0), ranks->number_in_file(1), ranks->number_in_file(2)} ==
          std::vector<std::size_t>{1, 2, 4});
    const auto grades = read_ballots("b.json", "[[1,3],[2,2],[1,3]]", Asked::grades);
    CHECK(grades->grades == std::vector<std::uint8_t>{1, 3, 2, 2});
    CHECK(grades->weights == std::vector<std::int64_t>{2, 1});
    const auto marks = read_ballots("b.json", "[[0,2],[0,2]]", Asked::marks);
    CHECK(written(*marks) == "2x2");
    CHECK(marks->votes == std::vector<std::int64_t>{2});
    // A text that was read before is no reason to take anything else for it.
    CHECK(written(*read_ballots("b.json", "[[1,2]/*]*/,[1,2],[1 /*]*/,2],[1 /*]*/,1],[1,2]]")) == "3x1>2 1x1>2 1x1=2");
    for (const auto& [file, line] : {std::pair{"[[1,2],\n[1,2],\n[1,2]\n[1,2]]", 4},
                                     {"[[1,2],\n[1,2],\n[1,2", 3},
                                     {"[[1,2],\n[1,2],\n[1,-2]]", 3},
                                     {"[[1,2],\n[1,2],\n[1]]", 3},
                                     {"[[1,2],\n[1,2],\n", 3},
                                     {"[[1,2],\n[1,2],\n]", 3},
                                     {"[[1,2],\n[1,2]]\n]", 3},
                                     {"[[1,2],\n[99999999999,2]]", 2}}) {
        CAPTURE(file);
        const auto profile = read_ballots("b.json", file);
        REQUIRE_FALSE(profile);
        CHECK(profile.error().name() == "count.ballots_malformed");
        CHECK(profile.error().place.line == line);
    }
}

TEST_CASE("which ballot allows too many orders is said as the file numbers them") {
    const auto profile = read_ballots("b.json", "[[1,2,3,4,5,6,7],[1,2,3,4,5,6,7],[1,1,1,1,1,1,1]]");
    CountOptions options;
    options.seats = 2;
    const auto count = count_votes(*profile, **method_named("meek"), options);
    REQUIRE_FALSE(count);
    CHECK(count.error().name() == "count.equal_ranks_too_many");
    CHECK(count.error().fact("ballot") == "3");
}

TEST_CASE("ballots of a list that hardly repeat are all kept") {
    std::string text;
    std::int64_t sum = 0;
    for (int i = 0; i < 20'000; ++i) {
        const int mark = i % 7 == 0 ? 1 : i;
        text += (i == 0 ? "[[" : ",[") + std::to_string(mark) + ",1]";
        sum += mark;
    }
    const auto marks = read_ballots("b.json", text + "]", Asked::marks);
    REQUIRE(marks);
    CHECK(marks->voters() == 20'000);
    CHECK(marks->ballots() < 20'000);
    std::int64_t found = 0;
    for (std::size_t i = 0; i < marks->ballots(); ++i)
        for (auto at = marks->ends[i]; at < marks->ends[i + 1]; ++at)
            if (marks->preferences[at] == 0) found += marks->votes[at] * marks->weights[i];
    CHECK(found == sum);
}

TEST_CASE("what cannot be a ballot is refused with its name and its line") {
    struct Row {
        const char *name, *file;
        count::Why why;
        int line;
    };
    using W = count::Why;
    for (const auto& [name, file, why, line] :
         {Row{"x.blt", "", W::ballots_malformed, 1},
          Row{"x.blt", "0 1\n", W::no_candidates, 1},
          Row{"x.blt", "5000 1\n", W::too_many_candidates, 1},
          Row{"x.blt", "3 2\n1 1 2\n", W::ballots_malformed, 3},
          Row{"x.blt", "3 2\n1 1 2 0\n1 4 0\n0\n", W::candidate_unknown, 3},
          Row{"x.blt", "3 2\n1 1 2 0\n1 2 1 2 0\n0\n", W::preference_twice, 3},
          Row{"x.blt", "3 2\n-5 1 2 0\n0\n", W::candidate_unknown, 2},
          Row{"x.blt", "3 2\n-2 1 2 0\n0\n", W::weight_impossible, 2},
          Row{"x.blt", "3 2\n1 1 0\n-2 1 0\n0\n", W::weight_impossible, 3},
          Row{"x.blt", "3 2\n99999999999999999999 1 0\n0\n", W::weight_impossible, 2},
          Row{"x.blt", "3 2\n900000000 1 0\n900000000 2 0\n0\n", W::too_many_ballots, 3},
          Row{"x.blt", "3 2\n1.5 1 0\n0\n", W::ballots_malformed, 2},
          Row{"x.blt", "3 2\n1 1 0\n0\n\"A\"\n", W::names_missing, 5},
          Row{"x.blt", "3 2\n1 1x 0\n0\n", W::ballots_malformed, 2},
          Row{"x.blt", "3 2\n1 (1 2 0\n0\n", W::ballots_malformed, 2},
          Row{"x.blt", "3 2\n[tie 1 1 2]\n", W::preference_twice, 2},
          Row{"x.blt", "3 2\n[tie 1 2]\n", W::tie_order_wrong, 2},
          Row{"x.soi", "1: 1,2\n", W::no_candidates, 1},
          Row{"x.soi", "# NUMBER ALTERNATIVES: 2\n1: 1,1\n", W::preference_twice, 2},
          Row{"x.soi", "# NUMBER ALTERNATIVES: 2\n1: 3\n", W::candidate_unknown, 2},
          Row{"x.soi", "# NUMBER ALTERNATIVES: 2\n0: 1\n", W::weight_impossible, 2},
          Row{"x.soi", "# NUMBER ALTERNATIVES: 2\n-4: 1\n", W::weight_impossible, 2},
          Row{"x.soi", "# NUMBER ALTERNATIVES: 2\n1: {1,2\n", W::ballots_malformed, 2},
          Row{"x.soi", "# NUMBER ALTERNATIVES: 1\n1: 1\n# NUMBER ALTERNATIVES: 2\n1: 2\n", W::ballots_malformed, 3},
          Row{"x.soi", "# NUMBER ALTERNATIVES: 1\n1: 1\n# ALTERNATIVE NAME 1: A\n", W::ballots_malformed, 3},
          Row{"b.json", "[[1,2],[1]]", W::ballots_malformed, 1},
          Row{"b.json", "[[1,-2]]", W::ballots_malformed, 1},
          Row{"b.json", "[]", W::no_candidates, 0},
          Row{"m.csv", "A,B\n1\n", W::ballots_malformed, 2},
          Row{"m.csv", "A,B\n1,maybe\n", W::ballots_malformed, 2},
          Row{"m.csv", "A,A\n", W::name_twice, 1},
          Row{"m.csv", "weight,A\n-3,1\n", W::weight_impossible, 2},
          Row{"x.stv", "candidate=a A\n3X a\n", W::ballots_malformed, 3},
          Row{"x.stv", "candidate=a A\n3X z\nend\n", W::candidate_unknown, 2},
          Row{"x.stv", "2\ncandidate=a A\n3X a\nend\n", W::ballots_malformed, 2},
          Row{"x.stv", "candidate=a A\n3X a\ncandidate=b B\n3X b\nend\n", W::ballots_malformed, 3}}) {
        CAPTURE(name);
        CAPTURE(file);
        const auto profile = read_ballots(name, file);
        REQUIRE_FALSE(profile);
        CHECK(profile.error().name() == problem(why).name);
        CHECK(profile.error().place.line == line);
        CHECK(profile.error().place.file == name);
        for (const auto& [key, value] : profile.error().facts) {  // words are said in the reader's language
            const bool in_words =
                std::all_of(value.begin(), value.end(), [](char c) { return c == ' ' || (c >= 'a' && c <= 'z'); });
            if (key != "wanted" || !in_words || value.find(' ') == std::string::npos)
                continue;  // "1, 0" and "end" stand so in the file
            std::string word = value;
            std::replace(word.begin(), word.end(), ' ', '_');
            for (const auto language : all_languages) CHECK_MESSAGE(has_text(language, "type." + word), word);
        }
    }
}

TEST_CASE("no file crashes a reader: whatever is cut off or changed is read or refused") {
    const std::string whole =
        "\xEF\xBB\xBF"
        "3 2 # c\n-2\n[tie 3 1 2]\n(7) 4 1 3 0\n2 (1 3) - 0\n1 1=3 0\n0\n\"A\" \"x\"\n\"B\"\n\"C\"\n\"T\"\n";
    const std::string lists = "{\"result\":[[1],[[1,2,0],[0,0,1]]]}",
                      orders = "# NUMBER ALTERNATIVES: 3\n4: 1,{2,3}\n2: 3\n", table = "weight,A,\"B,\"\n3,x,2\n1,,○\n";
    for (std::size_t cut = 0; cut < whole.size(); ++cut)
        (void)read_ballots("x.blt", std::string_view(whole).substr(0, cut));
    CHECK(rc::check([&] {
        const auto& base = *rc::gen::element(whole, lists, orders, table);
        auto text = base;
        for (int i = *rc::gen::inRange(1, 6); i > 0; --i)
            text[static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(text.size())))] =
                *rc::gen::arbitrary<char>();
        for (const auto* name : {"x.blt", "x.toi", "x.cat", "x.json", "x.csv", "x.stv", "x"})
            for (const auto wanted : {Asked::orders, Asked::marks, Asked::grades})
                if (const auto profile = read_ballots(name, text, wanted))
                    for (const auto& method : all_methods()) (void)count_votes(*profile, method);
    }));
}

TEST_CASE(
    "a zero too many does not turn the ballots behind it into names, and a file that was cut off is not counted") {
    const std::string names = "0\n\"A\"\n\"B\"\n\"C\"\n\"t\"\n";
    const auto why = [&](const std::string& ballots) {
        const auto read = read_blt("z.blt", "3 1\n" + ballots + names);
        REQUIRE_FALSE(read);
        return std::pair(std::string(read.error().name()), read.error().place.line);
    };
    using Told = std::pair<std::string, std::int64_t>;
    CHECK(why("5 1 0\n0 2 0\n9 3 0\n") == Told{"count.weight_impossible", 3});
    CHECK(why("5 1 0\n00 3 0\n") == Told{"count.weight_impossible", 3});
    CHECK(why("5 1 2 3 0 0\n9 3 0\n") == Told{"count.ballots_go_on", 2});
    CHECK(why("5 1 0\n0\n9 3=2 0 # a comment\n") == Told{"count.ballots_go_on", 3});
    CHECK(why("5 1 0\n0\n") == Told{"count.ballots_go_on", 3});
    CHECK(read_blt("z.blt", "3 1\n5 1 0\n" + names));
    CHECK(read_blt("z.blt", "3 1\n5 1 0\n0\n\n# names\n1 A 0 x\n2 B\n3 C\n"));
    CHECK(read_blt("z.blt", "3 1 5 1 0 0 \"A\" \"B\" \"C\" \"t\""));
    const std::string head = "# NUMBER ALTERNATIVES: 2\n# NUMBER VOTERS: 5\n";
    CHECK(read_preflib("x.soi", head + "3: 1,2\n2: 2\n"));
    CHECK(refused_as(read_preflib("x.soi", head + "3: 1,2\n"), Why::voters_differ));
}

TEST_CASE("numbers that are none of ours are refused in every kind of JSON") {
    for (const auto* text :
         {R"({"candidates":["A","B"],"pairs":[[0,1.5],[2,0]]})", R"({"candidates":["A",1e9],"pairs":[[0,1],[2,0]]})",
          R"({"candidates":["A","B"],"pairs":[[0,99999999999999999999],[2,0]]})", R"({"result":[[[1.5,2]]]})",
          R"({"result":[[[18446744073709551615,2]]]})",
          R"({"candidates":["A","B"],"pairs":[[0,18446744073709551615],[2,0]]})"})
        for (const auto wanted : {Asked::orders, Asked::grades, Asked::pairs}) {
            CAPTURE(text);
            CHECK_FALSE(read_ballots("f.json", text, wanted));
        }
}

TEST_CASE("of a result one question is read, with the names that the election gives its answers") {
    const std::string result = R"({"result":[[3,2],[[2,1],[1,2],[1,0]],[],[[1,1,1]]]})";
    const auto read = [&](std::size_t number, std::vector<std::string> names = {}) {
        return read_belenios("r.json", result, Asked::orders, {number, "Who?", std::move(names)});
    };
    CHECK(read(0)->ballots() == 3);
    CHECK(read(0)->names == std::vector<std::string>{"1", "2"});
    const auto second = read(2, {"Li", "Wang\n"});
    REQUIRE(second);
    CHECK(second->title == "Who?");
    CHECK(second->names == std::vector<std::string>{"Li", "Wang "});
    CHECK(second->withdrawn.size() == 2);
    CHECK(second->ballots() == 3);
    CHECK(read(4)->candidates() == 3);
    CHECK(refused_as(read(1), Why::question_not_ranked));
    CHECK(refused_as(read(3), Why::question_not_ranked));  // nobody voted, and nobody says that it is a ranking
    const auto empty = read(3, {"A", "B"});
    REQUIRE(empty);
    CHECK(empty->ballots() == 0);
    CHECK(empty->candidates() == 2);
    CHECK(refused_as(read(5), Why::question_unknown));
    CHECK(refused_as(read(2, {"A", "B", "C"}), Why::ballots_malformed));
    CHECK(refused_as(read_ballots("x.blt", "2 1\n1 1 2 0\n0\nA\nB\nT\n", Asked::orders, {2, "", {}}),
                     Why::question_unknown));
    CHECK(read_ballots("x.blt", "2 1\n1 1 2 0\n0\nA\nB\nT\n", Asked::orders, {1, "", {}}));
    CHECK(refused_as(read_ballots("x.json", "[[1,2]]", Asked::orders, {2, "", {}}), Why::question_unknown));
}
