// SPDX-License-Identifier: Apache-2.0
// make_seeds FOLDER: writes the seeds of the fuzzers, one folder for each, all made by this program's own engine from
// fixed randomness: the same bytes every time.
#include <filesystem>
#include <fstream>

#include "evote/record/simulate.h"
#include "fuzz/ballot_sample.h"
#include "fuzz/record_text.h"
#include "fuzz/shuffle_sample.h"
#include "fuzz/threshold_sample.h"

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
    write("votes", "lists", "5[[1,2,3],[2,1,0],[1,1,3],[0,0,0]]");
    write("votes", "result", "5{\"result\":[[1],[[1,2,0],[0,0,1]]]}");
    write("votes", "pairs", "6{\"candidates\":[\"A\",\"B\",\"C\"],\"pairs\":[[0,5,3],[2,0,4],[4,3,0]]}");
    write("votes", "figures", "7unit,members\nA,470\nB,160\nC,31\n");
    write("votes", "regions",
          "8{\"names\":[\"A\",\"B\"],\"votes\":[[5,2],[3,7]],\"regions\":[\"r\",\"s\"],\"seats\":5}");
}
