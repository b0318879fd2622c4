// SPDX-License-Identifier: Apache-2.0
// make_seeds FOLDER: writes the seeds of the fuzzers, one folder for each, all made by this program's own engine from
// fixed randomness: the same bytes every time.
#include <filesystem>
#include <fstream>

#include "election/certificate.h"
#include "evote/record/simulate.h"
#include "fuzz/ballot_sample.h"
#include "fuzz/hall_acts.h"
#include "fuzz/record_text.h"
#include "fuzz/rehearsal_sample.h"
#include "fuzz/shuffle_sample.h"
#include "fuzz/threshold_sample.h"
#include "store/verify.h"

using namespace plenum;
using namespace plenum::evote;

namespace {

std::filesystem::path root;

void write(const std::string& fuzzer, const std::string& name, std::string_view bytes) {
    std::filesystem::create_directories(root / fuzzer);
    std::ofstream(root / fuzzer / name, std::ios::binary) << bytes;
}

SimulatedElection made(const Simulation& simulation) {
    auto out = simulate(simulation);
    invariant(out.has_value());
    return std::move(*out);
}

/// A child of a shipped pack, a measure in two parts, and worked cases of several kinds.
void write_rules() {
    write("rules", "child", R"(0[pack]
id = "x"
schema = 1
title = { zh-Hans = "甲", zh-Hant = "甲", en = "X" }
inherits = "cn-grassroots-2016"
inherited_unverified = true
status = "draft"
measure_may_tighten = ["quorum.election", "surplus", "threshold.election"]
measure_must_set = ["ballot.blank_means"]
[quorum.election]
fraction = [3, 4]
comparison = "gt"
[ballot]
write_in = "unset"
[bodies.committee]
size = [[0, 199, 3, 7], [200, -1, 7, 15]]
[region.zhejiang]
reply_days = 10
[source]
"quorum.election.fraction" = { text = "Art. 5", verified = false }
)");
    write("rules", "measure", R"(12[ballot]
blank_means = "abstain"
[quorum.election]
fraction = [3, 4]
comparison = "gt"
===
[threshold.motion]
base = "entitled"
[surplus]
committee = [1, 4]
)");
    write("rules", "cases", R"(2# Cases
```toml
id = "q"
pack = "cn-grassroots-2016"
kind = "quorum"
[in]
which = "election"
entitled = 170
participating = 114
variants = [{ participating = 113 }, { participating = 114 }]
[out]
required = 114
met = [false, true]
```
```toml
id = "s"
pack = "cn-congress-level"
kind = "surplus"
in = { body = "committee", seats = 5, candidates = 6 }
out = { accepted = true }
```
)");
    write("rules", "count", R"(3[[case]]
id = "c"
pack = "cn-grassroots-2016"
kind = "count"
in = { entitled = 30, present = 25, issued = 25, returned = 24, invalid = 1, seats = 2, for = { a = 20, b = 17, w1 = 3 }, against = { a = 3 }, measure = "[ballot]\nblank_means = \"abstain\"\n" }
out = { elected = ["a", "b"] }
[[case]]
id = "d"
pack = "cn-collective"
kind = "deadline"
in = { offer_received = 2026-02-10, labour_office_received = 2026-03-04, region = "base", holidays = [2026-02-17] }
out = { reply_due = 2026-03-02 }
[[case]]
id = "r"
pack = "cn-grassroots-2016"
kind = "reduce_seats"
in = { members = 800, seats = 9, elected = 7, consent_for = 90, consent_base = 170 }
out = { allowed = true }
)");
    write("rules", "convention", R"(3id = "c"
pack = "robert-convention"
kind = "convention_count"
[in]
enrolled = 31
ballots = 30
blank = 4
ineligible_choice = 2
over_voted = 1
seats = 1
for = { a = 13, b = 9, c = 1 }
ineligible = ["c"]
[out]
elected = []
)");
    write("rules", "toml", "4a.b = [1, {c = 'x', \"d\" = 2026-11-21}, \"\"\"\ny\"\"\"]\n[[e.f]]\ng = -0x1F\n");
}

void write_rosters() {
    const std::string header = "序号,代表团,姓名,性别,民族,出生年月,政治面貌,学历,单位及职务,代表类别,手机号码,备注\n";
    const std::string person = "5,北厂代表团,何　样,女,汉族,1985.06,群众,本科,北厂技师,一线职工,13900000017,团长\n";
    write("roster", "clean",
          "0\xEF\xBB\xBF" + header + person +
              "6,南厂,样例多吉,男,藏,1979-03-28,党员,大专,\"南厂,主席\",工会工作者,13800000041,\n");
    write("roster", "members",
          "1花名册\n序号,部门,姓名,性别,身份证号,联系电话,入会时间,用工形式\n"
          "1,一车间,何样,女,11010119850603002X,13900000017,2010.1,合同制\n"
          "2,同上,张三,男,'110101198506030038,0571-88888888,2011年3月,派遣\n合计,2\n注：略\n");
    write(
        "roster", "import",
        R"(3{"purpose":"members","sheet":{"rows":[["姓名","性别","出生年月","手机号码","x"],["何样","女",{"number":"1985.1"},)"
        R"("13900000017",null],["样例 多吉","M","1979.03.41",13800000041,"y"]]},"columns":{"5":"remark"},"corrections":)"
        R"([{"line":3,"column":"birth","text":"1979-03"}],"left_out":[],"accepted":[{"line":3,"finding":)"
        R"("space inside name"}],"synthetic_ids":true})");
    write("roster", "cells", "4a,\"b \"\"c\"\"\",\n,,\r\n\"x\r\ny\",1");
    write("roster", "gb18030", "2\xD0\xD5\xC3\xFB,\xD0\xD4\xB1\xF0\n\xBA\xCE\xD1\xF9,\xC5\xAE\n");
}

void write_journals() {
    write("journal", "events",
          "1{\"body\":{\"a\":1},\"personal\":{\"name\":\"N\"}}\n{\"body\":{\"text\":\"x\"}}\n"
          "{\"key\":\"key-2\",\"ordinal\":1}\n{\"body\":{},\"digest\":\"" +
              std::string(64, '7') +
              "\"}\n{\"kind\":\"personal_erased\",\"body\":{\"erased\":4,\"reason\":\"r\"},\"key\":\"k4\"}\n");
    write("journal", "canonical", R"(2{"a":[1,-2,null,true],"b":{"c":"\u0001\n\"中"},"n":18446744073709551615})");
    const std::string id = "0123456789abcdef0123456789abcdef", genesis = store::genesis_of(id);
    write("journal", "empty",
          "0{\"format\":\"plenum-journal\",\"genesis\":\"" + genesis + "\",\"journal\":\"" + id +
              "\",\"version\":1}\n{\"count\":0,\"head\":\"" + genesis + "\"}\n");
}

/// The same congress as lines of letters, as JSON, as requests that try its acts, and as what it certified.
void write_congress() {
    fuzz::World world;
    std::string all;
    char stage = '0';
    for (const auto& part : fuzz::course_of_a_congress()) {
        const auto before = world.acts.size();
        std::string lines(1, stage), as_json(1, stage);
        for (const auto line : part) {
            const auto done = world.line(line);
            invariant(done && *done);
            lines += std::string(line) + "\n";
        }
        for (auto at = before; at < world.acts.size(); ++at)
            as_json +=
                canonical_json(JsonObject{{"act", world.acts[at].first}, {"with", world.acts[at].second}}) + "\n";
        write("congress", std::string("part") + stage, lines);
        write("congress", std::string("acts") + stage, as_json);
        all += lines.substr(1);
        ++stage;
    }
    write("congress", "whole", "0" + all);

    const std::string signed_in = "Host: h\nOrigin: http://h\nCookie: plenum=@a\n";
    const auto page = [&](const std::string& name, const std::string& target) {
        write("requests", name, "0GET " + target + "\n" + signed_in + "Accept-Language: zh-Hant\n\n");
    };
    const std::string congress = "/api/congresses/" + std::string(fuzz::World::id);
    page("congresses", "/api/congresses");
    page("screen", congress + "/screen");
    page("live", congress + "/live?after=17");
    page("minutes", congress + "/papers/minutes?language=en&format=html");
    page("communique", congress + "/papers/communique?format=markdown");
    page("events", congress + "/events?after=5&limit=9");
    page("desk", congress + "/desk");
    page("delegates", congress + "/delegates?since=40");
    page("steps", congress + "/steps");
    page("rules", congress + "/rules");
    page("acts", "/api/acts");
    page("packs", "/api/packs/cn-grassroots-2016");
    page("organisations", "/api/organisations?on=2026-11-21");
    page("members", "/api/organisations/works/members?text=%E4%BD%95&after=&limit=5");
    page("imports", "/api/imports?organisation=works");
    page("journal", "/api/journal");
    write("requests", "page_shown",
          "0POST " + congress + "/screen\n" + signed_in + "Content-Type: application/json\n\n{\"page\":1}");
    const auto tried = [&](const std::string& name, JsonObject body) {
        write("requests", name,
              "0POST /api/acts/try\n" + signed_in + "Content-Type: application/json; charset=utf-8\n\n" +
                  canonical_json(body));
    };
    tried("try", {{"act", "congress.note_fact"},
                  {"congress", fuzz::World::id},
                  {"with", JsonObject{{"text", json_from(same_text("x"))}}},
                  {"seen", 9}});
    tried("try_rename",
          {{"act", "registry.rename_organisation"},
           {"congress", ""},
           {"with",
            JsonObject{{"organisation", "works"}, {"name", json_from(same_text("Anew"))}, {"on", "2026-05-01"}}}});
    write(
        "requests", "preview",
        "0POST /api/imports/preview\n" + signed_in + "Content-Type: application/json\n\n" +
            R"({"purpose":"members","organisation":"works","file":"m.csv","sheet":{"bytes":"5aeT5ZCNLOaAp+WIqwrkvZXmoLcs5aWzCg=="}})");
    write("requests", "document",
          "1Title <b>\n# h\n[a](javascript:x) ![b](data:image/png;base64,x) <script>\n\n- `c`\n> d\n\n| e |\n");

    const auto& certified = world.books.elections.at("e0");
    const auto document = election::certificate_document(certified);
    write("certificate", "ballot", "0" + canonical_json(document));
    write("certificate", "anew", "1" + canonical_json(document));
    auto uncontested = document.as_object();
    auto& body = uncontested.at("certificate").as_object();
    body["method"] = "uncontested";
    body["ballots"] = nullptr;
    for (const auto* number : {"issued", "returned", "invalid"}) body.at("votes").as_object()[number] = 0;
    JsonArray names;
    for (const auto& id : body.at("course").at("elected").as_array())
        names.push_back(JsonObject{{"id", id},
                                   {"in_favour", 0},
                                   {"against", nullptr},
                                   {"abstain", nullptr},
                                   {"write_in", false},
                                   {"ineligible", false},
                                   {"eligibility_checked", false}});
    body.at("votes").as_object()["names"] = std::move(names);
    write("certificate", "uncontested", "1" + canonical_json(uncontested));
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) return 2;
    root = arguments[1];

    Simulation simulation;
    simulation.group = "Ed25519";
    simulation.voters = 2;
    simulation.revotes = 1;
    simulation.weights = {1, 5};
    simulation.questions = {*question_from_shape("1:0:1", 1), *question_from_shape("1:0:1:blank", 2)};
    simulation.single_trustees = 1;
    const auto single = made(simulation);
    write("archive", "single", single.archive);
    write("record", "single", fuzz::record_text(single.archive));
    simulation.voters = 1;
    simulation.revotes = 0;
    simulation.weights = {2'000'000'000};
    simulation.questions.pop_back();
    simulation.threshold = ThresholdContext{2, 2};
    simulation.until = RecordState::tallied;
    const auto threshold = made(simulation);
    write("archive", "threshold", threshold.archive);
    write("record", "threshold", fuzz::record_text(threshold.archive));
    auto ranked = simulation;
    ranked.until = RecordState::result;
    ranked.voters = 2;
    ranked.weights.clear();
    ranked.questions = {*question_from_shape("rank:2", 1), *question_from_shape("1:0:1", 2)};
    ranked.threshold.reset();
    ranked.single_trustees = 2;
    const auto shuffled = made(ranked);
    write("archive", "ranked", shuffled.archive);
    write("record", "ranked", fuzz::record_text(shuffled.archive));
    simulation.until = RecordState::open;
    simulation.threshold.reset();
    write("archive", "open", made(simulation).archive);

    const MemorySource source(single.archive);
    ChainReader chain(source);
    const auto setup = chain.next();
    write("election", "simple", (*setup)->records[0].text);
    write("election", "names",
          "{ \"version\" : 1, \"description\": \"\\u4e2d\\n\\\"\\\\\", \"name\": \"换届\", \"group\": \"Ed25519\", "
          "\"public_key\": \"66\", \"questions\": [ {\"answers\":[\"A\",\"B\"],\"blank\":true,\"min\":0,\"max\":1,"
          "\"question\":\"Q\"} ], \"uuid\": \"5wBdpLcGQAQcMm\", \"administrator\": \"X\", "
          "\"credential_authority\": \"Y\" }");
    write("election", "ranking",
          "{\"version\":1,\"description\":\"\",\"name\":\"\",\"group\":\"Ed25519\",\"public_key\":\"66\",\"questions\":"
          "[{\"type\":\"NonHomomorphic\",\"value\":{\"answers\":[\"A\"],\"question\":\"Q\"}}],"
          "\"uuid\":\"5wBdpLcGQAQcMm\"}");
    write("election", "shape", "30:0:15:blank");
    write("election", "rank", "rank:5");

    for (const auto& [name, text] : std::initializer_list<std::pair<const char*, const char*>>{
             {"all", R"({"a":[1,-2,9007199254740993,18446744073709551615,true,false,null],"b":{"c":"\u00e9\n\"\\/"}})"},
             {"twice", R"({"a":1,"b":{"a":1,"a":2}})"},
             {"fraction", R"([1.5,1e3,-0.0,-0,1E-400])"},
             {"deep", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"},
             {"characters", "{\"\\ud83d\\ude00\":\"\xf0\x9f\x98\x80 \\ud800\",\"\":\"\\u0000\"}"}})
        write("json", name, text);

    const ToyGroup toy;
    SeededRandomness randomness("seeds");
    const auto trustees = [&](const auto& group) {
        std::vector<std::string> keys;
        for (const std::uint64_t secret : {3, 5}) {
            auto key = publish_key(group, Hidden(group.scalars().from_number(secret)), randomness);
            if (secret == 5) key.name = "Ng";
            keys.push_back(text_of(group, key));
        }
        return keys;
    };
    fuzz::ThresholdSample sample;
    write("trustees", "single", "0" + trustees_text(trustees(ed25519()), {}));
    write("trustees", "threshold", "0" + trustees_text({}, {sample.group_text}));
    write("trustees", "toy", "1" + trustees_text(trustees(toy), {}));
    write("trustees", "key", "1" + trustees(toy)[1]);

    const fuzz::BallotSample<ToyGroup> in_toy(toy);
    const fuzz::BallotSample<Ed25519> in_ed25519(ed25519());
    write("ballot", "real", "0" + in_ed25519.ballot(0, {{0, 1}, {2}, {1, 0, 0}}));
    write("ballot", "toy", "1" + in_toy.ballot(0, {{0, 1}, {2}, {1, 0, 0}}));
    write("ballot", "toy_blank", "1" + in_toy.ballot(2, {{0, 0}, {9}, {0, 1, 0}}));

    write("credentials", "short", "0SDT-EUD-kin-WCj-PfY");
    write("credentials", "long", "0 WEPdM-bm8FSq-mxiVx-zuMRnS\n");
    const auto list = [&](const auto& group) {
        std::vector<VoterKey> keys;
        for (const std::uint64_t secret : {3, 4, 5})
            keys.push_back({group.text_of(group.power_vartime(group.generator(), group.scalars().from_number(secret))),
                            secret == 4 ? 17u : 1u});
        return credentials_text(group, keys);
    };
    write("credentials", "ed25519", "1" + list(ed25519()));
    write("credentials", "belenios", "2" + list(belenios_2048()));
    write("credentials", "rfc3526", "3" + list(rfc_3526_2048()));
    write("credentials", "toy", "4" + list(toy));

    write("texts", "ed25519", "0" + ed25519().text_of(ed25519().generator()));
    write("texts", "order2", "07fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec");
    write("texts", "order4", "0" + std::string(64, '0'));
    write("texts", "not_canonical", "07fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee");
    write("texts", "scalar", "0" + ed25519().scalars().decimal(ed25519().scalars().order()));
    write("texts", "belenios", "1" + belenios_2048().text_of(belenios_2048().generator()));
    write("texts", "rfc3526", "2" + rfc_3526_2048().scalars().decimal(rfc_3526_2048().scalars().order()));
    write("texts", "key", "1\"12345678901234567890\"");
    write("texts", "toy", "318");
    write("texts", "number", "41073741823");
    write("texts", "count", "4\"1073741824\"");

    write("messages", "certificate", "0" + sample.certificates[1]);
    write("messages", "polynomial", "1" + sample.polynomials[1]);
    write("messages", "input", "2" + sample.inputs[0]);
    write("messages", "sealed", "3" + sample.sealed);
    write("messages", "output", "4" + sample.outputs[0]);
    write("messages", "output_of_2", "5" + sample.outputs[1]);
    write("messages", "plain", "6" + sample.plain());

    write("shuffle", "real", "0" + fuzz::ShuffleSample<Ed25519>(ed25519()).text());
    write("shuffle", "toy", "1" + fuzz::ShuffleSample<ToyGroup>(toy).text());

    write("votes", "blt",
          "0\xEF\xBB\xBF"
          "4 2 # c\n-2\n[tie 3 1 2 4]\n(7) 4 1 3 0\n2 (1 3) - 4 0\n1 1=3 0\n1 0\n0\n\"A\" \"x\"\nB\n\"C\"\nD\nT\n");
    write("votes", "preflib", "1# NUMBER ALTERNATIVES: 3\n# ALTERNATIVE NAME 1: A\n4: 1,{2,3}\n2: 3\n1: 2,1,3\n");
    write("votes", "categories", "2# NUMBER ALTERNATIVES: 3\n4: {1,2},3\n2: {},{1,2,3}\n");
    write("votes", "table", "3weight,A,\"B,\",赵\n3,x,2,\n1,,○,1\n");
    write("votes", "stv", "4title=T\nseats=2\ncandidate=a A\ncandidate=b B\n3X a b\n2 b\nend\n");
    write("votes", "stv-late", "4candidate=a A\n3X a\ncandidate=b B\n2X b a\nend\n");
    write("votes", "preflib-late", "1# NUMBER ALTERNATIVES: 1\n1: 1\n# NUMBER ALTERNATIVES: 3\n1: 3,1\n");
    write("votes", "lists", "5[[1,2,3],[2,1,0],[1,1,3],[0,0,0]]");
    write("votes", "result", "5{\"result\":[[1],[[1,2,0],[0,0,1]]]}");
    write("votes", "pairs", "6{\"candidates\":[\"A\",\"B\",\"C\"],\"pairs\":[[0,5,3],[2,0,4],[4,3,0]]}");
    write("votes", "figures", "7unit,members\nA,470\nB,160\nC,31\n");
    write("votes", "regions",
          "8{\"names\":[\"A\",\"B\"],\"votes\":[[5,2],[3,7]],\"regions\":[\"r\",\"s\"],\"seats\":5}");

    write_rules();
    write_rosters();
    write_journals();
    write_congress();
    write("rehearsal", "sample", fuzz::sample_scenario);
}
