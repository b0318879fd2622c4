// SPDX-License-Identifier: Apache-2.0
#include "cli/command_line.h"

#include <cstdlib>
#include <memory>

#include "cli/commands.h"
#include "cli/count_commands.h"
#include "cli/evote_program.h"

namespace plenum::cli {
namespace {

/// Where the arguments go; lives as long as the program's commands do.
struct Arguments {
    ServeOptions serving;
    RehearseOptions rehearsal;
    std::string pace = "fast", seed;
    CLI::Option* seed_given = nullptr;
    struct {
        std::string data, out, file, head;
        bool json = false;
    } journal;
    struct {
        std::string data, congress, out = ".", file;
        bool json = false;
    } certificates;
    struct {
        std::vector<std::string> files;
        std::string folder, pack;
        bool json = false;
    } rules;
    PaperOptions paper;
    ImportOptions roster;
    ActOptions act;
    std::string data_of_list;
};

/// Adds the commands, apart from those of counting and of the verifiable election.
class Adding {
  public:
    explicit Adding(CommandLine& line) : line_(line), program_(line.program) {}

    void serve() {
        auto& into = arguments_->serving;
        auto* command = program_.add_subcommand("serve");
        command->add_option("--data", into.data)->required()->type_name("FILE");
        command->add_option("--listen", into.listen)->type_name("ADDRESS")->capture_default_str();
        command->add_option("--threads", into.threads)->capture_default_str()->check(CLI::Range(1u, 64u));
        command->add_option("--pages", into.pages)->type_name("FOLDER");
        own_packs(command);
        choose(command, [](Arguments& all, Language language) { return cli::serve(all.serving, language); });
    }

    void rehearse() {
        auto& into = arguments_->rehearsal;
        auto* command = program_.add_subcommand("rehearse");
        command->add_option("scenario", into.scenario)->required()->type_name("FOLDER");
        command->add_flag("--json", into.json);
        arguments_->seed_given = command->add_option("--seed", arguments_->seed);
        command->add_option("--pace", arguments_->pace)->check(CLI::IsMember({"fast", "real"}))->capture_default_str();
        command->add_option("--out", into.out)->type_name("FOLDER");
        command->add_option("--data", into.data)->type_name("FILE");
        command->add_option("--serve", into.listen)->type_name("ADDRESS");
        command->add_option("--pages", into.pages)->type_name("FOLDER");
        own_packs(command);
        choose(command, [](Arguments& all, Language language) {
            all.rehearsal.real_pace = all.pace == "real";
            if (all.seed_given->count() > 0) all.rehearsal.seed = all.seed;
            return rehearse_scenario(all.rehearsal, language);
        });
    }

    void journal() {
        auto& into = arguments_->journal;
        auto* journal = program_.add_subcommand("journal")->require_subcommand(1);
        auto* out = journal->add_subcommand("export");
        out->add_option("--data", into.data)->required()->type_name("FILE");
        out->add_option("--out", into.out)->type_name("FILE");
        choose(out, [](Arguments& all, Language) { return export_journal_to(all.journal.data, all.journal.out); });
        auto* verify = journal->add_subcommand("verify");
        verify->add_option("file", into.file)->required()->type_name("FILE");
        verify->add_option("--head", into.head)->type_name("HASH");
        verify->add_flag("--json", into.json);
        choose(verify, [](Arguments& all, Language language) {
            return verify_journal_file(all.journal.file, all.journal.head, all.journal.json, language);
        });
    }

    void certificate() {
        auto& into = arguments_->certificates;
        auto* certificate = program_.add_subcommand("certificate")->require_subcommand(1);
        auto* out = certificate->add_subcommand("export");
        out->add_option("--data", into.data)->required()->type_name("FILE");
        out->add_option("--congress", into.congress)->type_name("ID");
        out->add_option("--out", into.out)->type_name("FOLDER")->capture_default_str();
        choose(out, [](Arguments& all, Language) {
            return export_certificates(all.certificates.data, all.certificates.congress, all.certificates.out);
        });
        auto* verify = certificate->add_subcommand("verify");
        verify->add_option("file", into.file)->required()->type_name("FILE");
        verify->add_flag("--json", into.json);
        choose(verify, [](Arguments& all, Language language) {
            return verify_certificate_file(all.certificates.file, all.certificates.json, language);
        });
    }

    void rules() {
        auto& into = arguments_->rules;
        auto* rules = program_.add_subcommand("rules")->require_subcommand(1);
        auto* check = rules->add_subcommand("check");
        check->add_option("files", into.files)->required()->type_name("FILE");
        check->add_option("--packs", into.folder)->type_name("FOLDER");
        check->add_flag("--json", into.json);
        choose(check, [](Arguments& all, Language language) {
            return check_rule_cases(all.rules.files, all.rules.folder, all.rules.json, language);
        });
        auto* list = rules->add_subcommand("list");
        own_packs(list);
        choose(list, [](Arguments&, Language language) { return list_packs(language); });
        auto* show = rules->add_subcommand("show");
        show->add_option("pack", into.pack)->required()->type_name("PACK");
        own_packs(show);
        choose(show, [](Arguments& all, Language language) { return show_pack(all.rules.pack, language); });
    }

    void paper() {
        auto& into = arguments_->paper;
        auto* command = program_.add_subcommand("paper");
        command->add_option("paper", into.paper)->check(CLI::IsMember({"minutes", "communique"}))->required();
        command->add_option("--data", into.data)->required()->type_name("FILE");
        command->add_option("--congress", into.congress)->type_name("ID");
        command->add_option("--format", into.format)->check(CLI::IsMember({"markdown", "html"}))->capture_default_str();
        choose(command, [](Arguments& all, Language language) { return print_paper(all.paper, language); });
    }

    void roster() {
        auto& into = arguments_->roster;
        auto* bring_in = program_.add_subcommand("import")->require_subcommand(1);
        auto* command = bring_in->add_subcommand("roster");
        command->add_option("file", into.file)->required()->type_name("FILE");
        auto* dry_run = command->add_flag("--dry-run", into.dry_run);
        command->add_flag("--json", into.json)->needs(dry_run);
        command->add_option("--purpose", into.purpose)
            ->check(CLI::IsMember({"members", "delegates"}))
            ->capture_default_str()
            ->needs(dry_run);
        command->add_option("--delegations", into.delegations)->type_name("LIST")->delimiter(',')->needs(dry_run);
        command->add_option("--categories", into.categories)->type_name("LIST")->delimiter(',')->needs(dry_run);
        command->add_flag("--synthetic-ids", into.synthetic_ids);
        auto* data = command->add_option("--data", into.data)->type_name("FILE");
        data->needs(command->add_option("--organisation", into.organisation)->type_name("ID"));
        data->needs(command->add_option("--on", into.on)->type_name("DATE"));
        command->add_option("--unit", into.units)->type_name("UNIT")->check([](const std::string& text) {
            return text.find('=') == std::string::npos ? std::string("WORDS=ID is wanted") : std::string();
        });
        command->add_option("--key", into.key)->type_name("KEY");
        dry_run->excludes(data);
        command->callback([all = arguments_, &line = line_] {
            if (!all->roster.dry_run && all->roster.data.empty()) throw CLI::RequiredError("--dry-run|--data");
            line.chosen = [all, &line] { return import_roster(all->roster, line.language()); };
        });
    }

    void acts() {
        auto& into = arguments_->act;
        auto* act = program_.add_subcommand("act");
        act->add_option("act", into.act)->required()->type_name("ACT");
        act->add_option("--data", into.data)->required()->type_name("FILE");
        act->add_option("--congress", into.congress)->required()->type_name("ID");
        act->add_option("--with", into.with)->required()->type_name("FILE");
        act->add_option("--key", into.key)->type_name("KEY");
        own_packs(act);
        choose(act, [](Arguments& all, Language language) { return perform_act(all.act, language); });
        auto* congresses = program_.add_subcommand("congresses");
        congresses->add_option("--data", arguments_->data_of_list)->required()->type_name("FILE");
        choose(congresses,
               [](Arguments& all, Language language) { return list_congresses(all.data_of_list, language); });
    }

    void openapi() {
        choose(program_.add_subcommand("openapi"), [](Arguments&, Language) { return print_openapi(); });
    }

  private:
    void choose(CLI::App* command, Result<Done> (*what)(Arguments&, Language)) {
        line_.choose(command, [all = arguments_, &line = line_, what] { return what(*all, line.language()); });
    }
    void own_packs(CLI::App* command) { command->add_option("--packs", line_.own_packs)->type_name("FOLDER"); }

    CommandLine& line_;
    CLI::App& program_;
    std::shared_ptr<Arguments> arguments_ = std::make_shared<Arguments>();
};

}  // namespace

CommandLine::CommandLine() {
    program.name("plenum");
    program.require_subcommand(1);
    program.fallthrough();
    program.set_version_flag("--version", "plenum 0.1.0");
    language_ = program.add_option("--language")->check(CLI::IsMember({"zh-Hans", "zh-Hant", "en"}));
    Adding adding(*this);
    adding.serve();
    adding.rehearse();
    adding.journal();
    adding.certificate();
    adding.rules();
    adding.paper();
    adding.roster();
    adding.acts();
    add_count_commands(*this);
    add_evote_commands(*this);
    adding.openapi();
}

Language CommandLine::language() const {
    if (!language_->empty())
        if (const auto named = language_from_tag(language_->results().front())) return *named;
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (!value || !*value) continue;
        std::string tag(value);
        for (auto& c : tag) c = c == '_' ? '-' : c;
        tag = tag.substr(0, tag.find('.'));
        return tag == "C" || tag == "POSIX" ? Language::en
               : tag.starts_with("zh")      ? language_from_header(tag)
                                            : Language::en;
    }
    return Language::en;
}

const CLI::App& CommandLine::named() const {
    const CLI::App* at = &program;
    while (!at->get_subcommands().empty()) at = at->get_subcommands().front();
    return *at;
}

void CommandLine::choose(CLI::App* command, std::function<Result<Done>()> what) {
    command->callback([this, what = std::move(what)] { chosen = what; });
}

}  // namespace plenum::cli
