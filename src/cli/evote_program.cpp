// SPDX-License-Identifier: Apache-2.0
#include "cli/evote_program.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>
#include <thread>

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
    Adding(CLI::App& evote, const Choose& choose, const std::function<Language()>& language)
        : evote_(evote), choose_(choose), language_(language) {}

    void credentials() {
        auto& into = arguments_->credentials;
        choose_(evote_.add_subcommand("uuid", "an identifier for a new election"), [] { return print_uuid(); });
        auto* make = evote_.add_subcommand("credentials", "draw the voters' private credentials");
        group(make, into.group);
        uuid(make, into.uuid);
        auto* who = make->add_option_group("voters");
        who->add_option("--count", into.count, "how many")->check(decimal())->check(CLI::Range(1ull, 10'000'000ull));
        who->add_option("--voters", into.voters, "file with a line for each voter: name[,login[,weight]]");
        who->require_option(1);
        make->add_option("--form", into.form, "short | long")
            ->check(CLI::IsMember({"short", "long"}))
            ->capture_default_str();
        folder(make, into.out);
        choose(make, make_credentials, &Arguments::credentials);
        auto* derive = evote_.add_subcommand("public-credential", "the public credential of a private one");
        group(derive, into.group);
        uuid(derive, into.uuid);
        secret(derive, "--credential", into.credential);
        choose_(derive, [all = arguments_] { return print_public_credential(all->credentials); });
    }

    void trustees() {
        auto& into = arguments_->trustees;
        auto* key = trustee("trustee-key", "draw the key of a trustee who is needed", make_trustee_key);
        folder(key, into.out);

        auto* certificate =
            trustee("threshold-certificate", "draw the seed of a threshold trustee", make_threshold_certificate);
        certificate->add_option("--trustees", into.trustees, "how many in the group")
            ->required()
            ->check(decimal())
            ->check(CLI::Range(1u, 1000u));
        threshold(certificate);
        certificate->add_option("--index", into.index, "which of them, from 1")->required()->check(decimal());
        certificate->add_flag("--older-form", into.older_form, "for groups with belenios-tool before 2.5");
        folder(certificate, into.out);

        auto* polynomial = trustee("threshold-polynomial", "a trustee's polynomial", make_threshold_polynomial);
        threshold(polynomial);
        files(polynomial, "--certificates", into.certificates);
        secret(polynomial, "--key", into.key);
        file(polynomial, into.out);

        auto* inputs = trustee("threshold-inputs", "deal the polynomials out", make_threshold_inputs);
        threshold(inputs);
        files(inputs, "--certificates", into.certificates);
        files(inputs, "--polynomials", into.polynomials);
        folder(inputs, into.out);

        auto* output =
            trustee("threshold-output", "a trustee's decryption key and its public part", make_threshold_output);
        threshold(output);
        files(output, "--certificates", into.certificates);
        secret(output, "--key", into.key);
        output->add_option("--input", into.input, "file")->required();
        file(output, into.out);

        auto* whole = trustee("threshold-group", "put a threshold group together", make_threshold_group);
        threshold(whole);
        files(whole, "--certificates", into.certificates);
        files(whole, "--polynomials", into.polynomials);
        files(whole, "--outputs", into.outputs);
        folder(whole, into.out);

        auto* all = trustee("trustees", "the trustees of an election", make_trustees);
        all->add_option("--keys", into.keys, "files with the public keys of those who are needed each");
        all->add_option("--threshold-group", into.threshold_groups, "files");
        file(all, into.out);
    }

    void setup() {
        auto& into = arguments_->setup;
        auto* election = evote_.add_subcommand("election", "the public parameters of an election");
        group(election, into.group);
        uuid(election, into.uuid);
        election->add_option("--template", into.questions, "file with name, description and questions")->required();
        election->add_option("--trustees", into.trustees, "file")->required();
        file(election, into.out);
        choose(election, make_election, &Arguments::setup);
        auto* record = evote_.add_subcommand("setup", "a new record, open for ballots");
        record->add_option("--election", into.election, "file")->required();
        record->add_option("--trustees", into.trustees, "file")->required();
        record->add_option("--credentials", into.credentials, "file with the public credentials")->required();
        folder(record, into.out);
        choose(record, make_record, &Arguments::setup);
    }

    void ballots() {
        auto& into = arguments_->ballot;
        auto* voting = ballot("vote", "seal and sign a ballot", vote);
        secret(voting, "--credential", into.credential);
        secret(voting, "--choices", into.choices);
        file(voting, into.out);
        auto* seal = ballot("seal", "seal a ballot, to be cast or tested", seal_ballot);
        secret(seal, "--credential", into.credential);
        secret(seal, "--choices", into.choices);
        file(seal, into.out);
        auto* cast = ballot("cast", "sign a sealed ballot", cast_ballot);
        cast->add_option("--sealed", into.sealed, "file")->required();
        secret(cast, "--credential", into.credential);
        file(cast, into.out);
        auto* open = evote_.add_subcommand("open", "open a sealed ballot for testing; it can then not be cast");
        open->add_option("--sealed", into.sealed, "file")->required();
        file(open, into.out);
        choose(open, open_ballot, &Arguments::ballot);
        auto* test = ballot("test", "check that an opened ballot holds what was chosen", test_ballot);
        test->add_option("--opened", into.opened, "file")->required();
        test->add_option("--code", into.code, "the code that was shown before it was opened");
    }

    void records() {
        auto& into = arguments_->record;
        growing("add-ballots", "append ballots", add_ballots)
            ->add_option("files", into.files, "ballots, one on each line")
            ->required();
        growing("close", "end the voting", close_election);
        growing("tally", "append the encrypted tally", tally_election);
        auto* shuffle = growing("shuffle", "a trustee's shuffle of the rankings", shuffle_rankings);
        shuffle->add_option("--trustee", into.trustee, "whose shuffle it is, by number from 1")
            ->required()
            ->check(decimal());
        file(shuffle, into.out);
        growing("add-shuffle", "append shuffles", add_shuffles)
            ->add_option("files", into.files, "as shuffle writes them")
            ->required();
        growing("close-shuffles", "end the shuffles", end_shuffling);
        auto* decrypt = growing("decrypt", "a trustee's partial decryption", decrypt_tally);
        secret(decrypt, "--key", into.key);
        decrypt->add_option("--sealed-key", into.sealed_key, "file with a threshold trustee's decryption key");
        file(decrypt, into.out);
        growing("add-decryption", "append partial decryptions", add_decryptions)
            ->add_option("files", into.files, "as decrypt writes them")
            ->required();
        growing("result", "combine the partial decryptions", find_result);
        growing("repair", "cut off what an interrupted append left behind", repair_record);
        auto* continues = evote_.add_subcommand("continues", "check that one record goes on where another stops");
        continues->add_option("earlier", arguments_->earlier, "record")->required();
        continues->add_option("later", arguments_->later, "record")->required();
        choose_(continues, [all = arguments_, language = language_] {
            return check_continues(all->earlier, all->later, language());
        });
    }

    void simulation() {
        auto& into = arguments_->simulation;
        auto* simulate = evote_.add_subcommand("simulate", "make a complete record for tests and load");
        group(simulate, into.simulation.group);
        simulate->add_option("--voters", into.simulation.voters, "how many")
            ->required()
            ->check(decimal())
            ->check(CLI::Range(1ull, 10'000'000ull));
        simulate
            ->add_option("--question", into.shapes, "answers:min:max[:blank] or rank:answers; once for each question")
            ->required()
            ->check([](const std::string& shape) -> std::string {
                return evote::question_from_shape(shape, 1) ? ""
                                                            : "not answers:min:max[:blank] or rank:answers: " + shape;
            });
        simulate->add_option("--trustees", into.trustees, "3 | 2of3 | 1+2of3")
            ->required()
            ->check([](const std::string& text) -> std::string {
                evote::Simulation read;
                return read_trustees(text, read) ? "" : "not N, TofN or N+TofN: " + text;
            });
        simulate->add_option("--shuffles", into.simulation.shuffles, "so many trustees shuffle the rankings")
            ->check(decimal())
            ->check(CLI::Range(1u, 1000u))
            ->capture_default_str();
        simulate->add_option("--revotes", into.simulation.revotes, "so many voters vote a second time")
            ->check(decimal());
        simulate->add_option("--weights", into.weights, "file with a whole number on each line");
        state(simulate, into.until);
        simulate->add_option("--seed", into.simulation.seed, "everything follows from it")->required();
        simulate->add_option("--out", into.out, "new folder")->required();
        jobs(simulate, into.simulation.jobs);
        choose(simulate, simulate_election, &Arguments::simulation);
    }

    void verifying(CLI::App& program) {
        auto& into = arguments_->verifying;
        auto* verify = program.add_subcommand("verify", "verify the public record of an election");
        verify->add_option("record", into.record, "a .bel file, or a folder with one")->required();
        state(verify, into.until);
        auto issued = std::make_shared<std::uint64_t>(0);
        auto* given = verify->add_option("--issued", *issued, "how many credentials were issued")->check(decimal());
        verify->add_option("--code", into.code, "code or tracker of a ballot: does it count?");
        verify->add_flag("--single-vote", into.single_vote, "refuse a second ballot of one credential");
        verify->add_flag("--json", into.json, "answer as JSON");
        jobs(verify, into.jobs);
        choose_(verify, [all = arguments_, language = language_, given, issued] {
            if (given->count() > 0) all->verifying.issued = *issued;
            return verify_election(all->verifying, language());
        });
    }

  private:
    template <class Options>
    void choose(CLI::App* command, Result<Done> (*what)(const Options&, Language), Options Arguments::*options) {
        choose_(command,
                [all = arguments_, language = language_, what, options] { return what((*all).*options, language()); });
    }
    CLI::App* trustee(const char* name, const char* about, Result<Done> (*what)(const TrusteeOptions&, Language)) {
        auto* command = evote_.add_subcommand(name, about);
        group(command, arguments_->trustees.group);
        choose(command, what, &Arguments::trustees);
        return command;
    }
    CLI::App* ballot(const char* name, const char* about, Result<Done> (*what)(const BallotOptions&, Language)) {
        auto* command = evote_.add_subcommand(name, about);
        command->add_option("record", arguments_->ballot.record, "a .bel file, or a folder with one")->required();
        choose(command, what, &Arguments::ballot);
        return command;
    }
    CLI::App* growing(const char* name, const char* about, Result<Done> (*what)(const RecordOptions&, Language)) {
        auto* command = evote_.add_subcommand(name, about);
        command->add_option("record", arguments_->record.record, "a .bel file, or a folder with one")->required();
        jobs(command, arguments_->record.jobs);
        choose(command, what, &Arguments::record);
        return command;
    }

    static void group(CLI::App* command, std::string& into) {
        command->add_option("--group", into, "BELENIOS-2048 | RFC-3526-2048 | Ed25519")
            ->required()
            ->check(CLI::IsMember({"BELENIOS-2048", "RFC-3526-2048", "Ed25519"}));
    }
    static void uuid(CLI::App* command, std::string& into) {
        command->add_option("--uuid", into, "identifier of the election")->required();
    }
    static void folder(CLI::App* command, std::string& into) {
        command->add_option("--out", into, "folder for what is made")->capture_default_str();
    }
    static void file(CLI::App* command, std::string& into) {
        into.clear();
        command->add_option("--out", into, "new file")->required();
    }
    static void files(CLI::App* command, const char* name, std::vector<std::string>& into) {
        command->add_option(name, into, "files, in the trustees' order")->required();
    }
    static void secret(CLI::App* command, const char* name, std::string& into) {
        command->add_option(name, into, "file; - for standard input")->required();
    }
    void threshold(CLI::App* command) {
        command->add_option("--threshold", arguments_->trustees.threshold, "so many suffice to decrypt")
            ->required()
            ->check(decimal());
    }
    static void state(CLI::App* command, std::string& into) {
        command->add_option("--until", into, "open | closed | tallied | shuffled | result")
            ->check(CLI::IsMember({"open", "closed", "tallied", "shuffled", "result"}))
            ->capture_default_str();
    }
    static void jobs(CLI::App* command, unsigned& into) {
        into = std::max(1u, std::thread::hardware_concurrency());
        command->add_option("--jobs", into, "threads")
            ->check(decimal())
            ->check(CLI::Range(1u, 1024u))
            ->capture_default_str();
    }

    CLI::App& evote_;
    const Choose& choose_;
    const std::function<Language()>& language_;
    std::shared_ptr<Arguments> arguments_ = std::make_shared<Arguments>();
};

}  // namespace

void add_evote_commands(CLI::App& program, const Choose& choose, const std::function<Language()>& language) {
    auto* evote = program.add_subcommand("evote", "the verifiable election, step by step, with files alone");
    evote->require_subcommand(1);
    Adding adding(*evote, choose, language);
    adding.verifying(program);
    adding.credentials();
    adding.trustees();
    adding.setup();
    adding.ballots();
    adding.records();
    adding.simulation();
}

bool is_unreadable(const Refusal& why) {
    constexpr std::array names{"base.file_missing",   "base.file_is_folder", "base.file_unreadable",
                               "base.file_too_large", "evote.no_archive",    "evote.several_archives"};
    return std::find(names.begin(), names.end(), why.name()) != names.end();
}

}  // namespace plenum::cli
