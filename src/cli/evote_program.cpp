// SPDX-License-Identifier: Apache-2.0
#include "cli/evote_program.h"

#include <algorithm>
#include <array>
#include <memory>
#include <thread>

#include "cli/command_line.h"
#include "cli/decimal.h"
#include "cli/evote_commands.h"

namespace plenum::cli {
namespace {

/// Where the arguments go; lives as long as the program's commands do.
struct Arguments {
    VerifyElectionOptions verifying;
    CredentialOptions credentials;
    TrusteeOptions trustees;
    SetupOptions setup;
    BallotOptions ballot;
    RecordOptions record;
    SimulateOptions simulation;
    std::string earlier, later;
};

/// Adds options in the words of docs/formats/evote-files.md.
class Adding {
  public:
    explicit Adding(CommandLine& line)
        : line_(line), evote_(*line.program.add_subcommand("evote")->require_subcommand(1)) {}

    void credentials() {
        auto& into = arguments_->credentials;
        choose(evote_.add_subcommand("uuid"), [] { return print_uuid(); });
        auto* make = evote_.add_subcommand("credentials");
        group(make, into.group);
        uuid(make, into.uuid);
        auto* who = make->add_option_group("voters");
        who->add_option("--count", into.count)->check(decimal())->check(CLI::Range(1ull, 10'000'000ull));
        who->add_option("--voters", into.voters)->type_name("FILE");
        who->require_option(1);
        make->add_option("--form", into.form)->check(CLI::IsMember({"short", "long"}))->capture_default_str();
        folder(make, into.out);
        choose(make, make_credentials, &Arguments::credentials);
        auto* derive = evote_.add_subcommand("public-credential");
        group(derive, into.group);
        uuid(derive, into.uuid);
        secret(derive, "--credential", into.credential);
        choose(derive, [all = arguments_] { return print_public_credential(all->credentials); });
    }

    void trustees() {
        auto& into = arguments_->trustees;
        auto* key = trustee("trustee-key", make_trustee_key);
        folder(key, into.out);

        auto* certificate = trustee("threshold-certificate", make_threshold_certificate);
        certificate->add_option("--trustees", into.trustees)
            ->required()
            ->check(decimal())
            ->check(CLI::Range(1u, 1000u));
        threshold(certificate);
        certificate->add_option("--index", into.index)->required()->check(decimal());
        certificate->add_flag("--older-form", into.older_form);
        folder(certificate, into.out);

        auto* polynomial = trustee("threshold-polynomial", make_threshold_polynomial);
        threshold(polynomial);
        files(polynomial, "--certificates", into.certificates);
        secret(polynomial, "--key", into.key);
        file(polynomial, into.out);

        auto* inputs = trustee("threshold-inputs", make_threshold_inputs);
        threshold(inputs);
        files(inputs, "--certificates", into.certificates);
        files(inputs, "--polynomials", into.polynomials);
        folder(inputs, into.out);

        auto* output = trustee("threshold-output", make_threshold_output);
        threshold(output);
        files(output, "--certificates", into.certificates);
        secret(output, "--key", into.key);
        output->add_option("--input", into.input)->type_name("FILE")->required();
        file(output, into.out);

        auto* whole = trustee("threshold-group", make_threshold_group);
        threshold(whole);
        files(whole, "--certificates", into.certificates);
        files(whole, "--polynomials", into.polynomials);
        files(whole, "--outputs", into.outputs);
        folder(whole, into.out);

        auto* all = trustee("trustees", make_trustees);
        all->add_option("--keys", into.keys)->type_name("FILE");
        all->add_option("--threshold-group", into.threshold_groups)->type_name("FILE");
        file(all, into.out);
    }

    void setup() {
        auto& into = arguments_->setup;
        auto* election = evote_.add_subcommand("election");
        group(election, into.group);
        uuid(election, into.uuid);
        election->add_option("--template", into.questions)->type_name("FILE")->required();
        election->add_option("--trustees", into.trustees)->type_name("FILE")->required();
        file(election, into.out);
        choose(election, make_election, &Arguments::setup);
        auto* record = evote_.add_subcommand("setup");
        record->add_option("--election", into.election)->type_name("FILE")->required();
        record->add_option("--trustees", into.trustees)->type_name("FILE")->required();
        record->add_option("--credentials", into.credentials)->type_name("FILE")->required();
        folder(record, into.out);
        choose(record, make_record, &Arguments::setup);
    }

    void ballots() {
        auto& into = arguments_->ballot;
        auto* voting = ballot("vote", vote);
        secret(voting, "--credential", into.credential);
        secret(voting, "--choices", into.choices);
        file(voting, into.out);
        auto* seal = ballot("seal", seal_ballot);
        secret(seal, "--credential", into.credential);
        secret(seal, "--choices", into.choices);
        file(seal, into.out);
        auto* cast = ballot("cast", cast_ballot);
        cast->add_option("--sealed", into.sealed)->type_name("FILE")->required();
        secret(cast, "--credential", into.credential);
        file(cast, into.out);
        auto* open = evote_.add_subcommand("open");
        open->add_option("--sealed", into.sealed)->type_name("FILE")->required();
        file(open, into.out);
        choose(open, open_ballot, &Arguments::ballot);
        auto* test = ballot("test", test_ballot);
        test->add_option("--opened", into.opened)->type_name("FILE")->required();
        test->add_option("--code", into.code)->type_name("CODE");
    }

    void records() {
        auto& into = arguments_->record;
        growing("add-ballots", add_ballots)->add_option("files", into.files)->type_name("FILE")->required();
        growing("close", close_election);
        growing("tally", tally_election);
        auto* shuffle = growing("shuffle", shuffle_rankings);
        shuffle->add_option("--trustee", into.trustee)->required()->check(decimal());
        file(shuffle, into.out);
        growing("add-shuffle", add_shuffles)->add_option("files", into.files)->type_name("FILE")->required();
        growing("close-shuffles", end_shuffling);
        auto* decrypt = growing("decrypt", decrypt_tally);
        secret(decrypt, "--key", into.key);
        decrypt->add_option("--sealed-key", into.sealed_key)->type_name("FILE");
        file(decrypt, into.out);
        growing("add-decryption", add_decryptions)->add_option("files", into.files)->type_name("FILE")->required();
        growing("result", find_result);
        growing("repair", repair_record);
        auto* continues = evote_.add_subcommand("continues");
        continues->add_option("earlier", arguments_->earlier)->type_name("EARLIER")->required();
        continues->add_option("later", arguments_->later)->type_name("LATER")->required();
        choose(continues, [all = arguments_, &line = line_] {
            return check_continues(all->earlier, all->later, line.language());
        });
    }

    void simulation() {
        auto& into = arguments_->simulation;
        auto* simulate = evote_.add_subcommand("simulate");
        group(simulate, into.simulation.group);
        simulate->add_option("--voters", into.simulation.voters)
            ->required()
            ->check(decimal())
            ->check(CLI::Range(1ull, 10'000'000ull));
        simulate->add_option("--question", into.shapes)
            ->type_name("SHAPE")
            ->required()
            ->check([](const std::string& shape) -> std::string {
                return evote::question_from_shape(shape, 1) ? ""
                                                            : "not answers:min:max[:blank] or rank:answers: " + shape;
            });
        simulate->add_option("--trustees", into.trustees)
            ->type_name("TRUSTEES")
            ->required()
            ->check([](const std::string& text) -> std::string {
                evote::Simulation read;
                return read_trustees(text, read) ? "" : "not N, TofN or N+TofN: " + text;
            });
        simulate->add_option("--shuffles", into.simulation.shuffles)
            ->check(decimal())
            ->check(CLI::Range(1u, 1000u))
            ->capture_default_str();
        simulate->add_option("--revotes", into.simulation.revotes)->check(decimal());
        simulate->add_option("--weights", into.weights)->type_name("FILE");
        state(simulate, into.until);
        simulate->add_option("--seed", into.simulation.seed)->required();
        simulate->add_option("--out", into.out)->type_name("FOLDER")->required();
        jobs(simulate, into.simulation.jobs);
        choose(simulate, simulate_election, &Arguments::simulation);
    }

    void verifying() {
        auto& into = arguments_->verifying;
        auto* verify = line_.program.add_subcommand("verify");
        verify->add_option("record", into.record)->type_name("RECORD")->required();
        state(verify, into.until);
        auto issued = std::make_shared<std::uint64_t>(0);
        auto* given = verify->add_option("--issued", *issued)->check(decimal());
        verify->add_option("--code", into.code)->type_name("CODE");
        verify->add_flag("--single-vote", into.single_vote);
        verify->add_flag("--json", into.json);
        jobs(verify, into.jobs);
        choose(verify, [all = arguments_, &line = line_, given, issued] {
            if (given->count() > 0) all->verifying.issued = *issued;
            return verify_election(all->verifying, line.language());
        });
    }

  private:
    template <class Options>
    void choose(CLI::App* command, Result<Done> (*what)(const Options&, Language), Options Arguments::*options) {
        choose(command,
               [all = arguments_, &line = line_, what, options] { return what((*all).*options, line.language()); });
    }
    void choose(CLI::App* command, std::function<Result<Done>()> what) {
        line_.choose(command, [&line = line_, what = std::move(what)] {
            line.unreadable_is_usage = true;
            return what();
        });
    }
    CLI::App* trustee(const char* name, Result<Done> (*what)(const TrusteeOptions&, Language)) {
        auto* command = evote_.add_subcommand(name);
        group(command, arguments_->trustees.group);
        choose(command, what, &Arguments::trustees);
        return command;
    }
    CLI::App* ballot(const char* name, Result<Done> (*what)(const BallotOptions&, Language)) {
        auto* command = evote_.add_subcommand(name);
        command->add_option("record", arguments_->ballot.record)->type_name("RECORD")->required();
        choose(command, what, &Arguments::ballot);
        return command;
    }
    CLI::App* growing(const char* name, Result<Done> (*what)(const RecordOptions&, Language)) {
        auto* command = evote_.add_subcommand(name);
        command->add_option("record", arguments_->record.record)->type_name("RECORD")->required();
        jobs(command, arguments_->record.jobs);
        choose(command, what, &Arguments::record);
        return command;
    }

    static void group(CLI::App* command, std::string& into) {
        command->add_option("--group", into)
            ->required()
            ->check(CLI::IsMember({"BELENIOS-2048", "RFC-3526-2048", "Ed25519"}));
    }
    static void uuid(CLI::App* command, std::string& into) {
        command->add_option("--uuid", into)->type_name("ID")->required();
    }
    static void folder(CLI::App* command, std::string& into) {
        command->add_option("--out", into)->type_name("FOLDER")->capture_default_str();
    }
    static void file(CLI::App* command, std::string& into) {
        into.clear();
        command->add_option("--out", into)->type_name("FILE")->required();
    }
    static void files(CLI::App* command, const char* name, std::vector<std::string>& into) {
        command->add_option(name, into)->type_name("FILE")->required();
    }
    static void secret(CLI::App* command, const char* name, std::string& into) {
        command->add_option(name, into)->type_name("FILE")->required();
    }
    void threshold(CLI::App* command) {
        command->add_option("--threshold", arguments_->trustees.threshold)->required()->check(decimal());
    }
    static void state(CLI::App* command, std::string& into) {
        command->add_option("--until", into)
            ->check(CLI::IsMember({"open", "closed", "tallied", "shuffled", "result"}))
            ->capture_default_str();
    }
    static void jobs(CLI::App* command, unsigned& into) {
        into = std::max(1u, std::thread::hardware_concurrency());
        command->add_option("--jobs", into)->check(decimal())->check(CLI::Range(1u, 1024u));
    }

    CommandLine& line_;
    CLI::App& evote_;
    std::shared_ptr<Arguments> arguments_ = std::make_shared<Arguments>();
};

}  // namespace

void add_evote_commands(CommandLine& line) {
    Adding adding(line);
    adding.credentials();
    adding.trustees();
    adding.setup();
    adding.ballots();
    adding.records();
    adding.simulation();
    adding.verifying();
}

bool is_unreadable(const Refusal& why) {
    constexpr std::array names{"base.file_missing",   "base.file_is_folder", "base.file_unreadable",
                               "base.file_too_large", "evote.no_archive",    "evote.several_archives"};
    return std::find(names.begin(), names.end(), why.name()) != names.end();
}

}  // namespace plenum::cli
