// SPDX-License-Identifier: Apache-2.0
#include "cli/help.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>

#include "cli/terminal.h"

namespace plenum::cli {
namespace {

/// The names of the commands that lead to this one, without that of the program.
std::vector<std::string> path_of(const CLI::App& command) {
    std::vector<std::string> out;
    for (const auto* at = &command; at->get_parent(); at = at->get_parent())
        if (!at->get_name().empty()) out.insert(out.begin(), at->get_name());  // a group of options has none
    return out;
}

std::string key_below(const std::vector<std::string>& path, const std::string& name) {
    std::string out = "cli.help.";
    for (const auto& each : path) out += each + ".";
    return out + name;
}

/// What an option takes, as the library puts it: "FILE", "TEXT:{fast,real}", "UINT:UINT in [1 - 64]".
struct Values {
    std::string kind;         // "file", in lower case
    std::string allowed;      // "fast|real", or nothing
    std::string least, most;  // of a number, or nothing
};

Values values_of(const CLI::Option& option) {
    Values out;
    if (option.get_items_expected_max() == 0) return out;  // a flag
    const auto told = option.get_type_name();
    out.kind = CLI::detail::to_lower(told.substr(0, told.find(':')));
    if (const auto open = told.find(":{"); open != std::string::npos) {
        out.allowed = told.substr(open + 2, told.find('}', open) - open - 2);
        std::ranges::replace(out.allowed, ',', '|');
    }
    if (const auto open = told.find(" in ["), dash = told.find(" - ", open); dash != std::string::npos) {
        out.least = told.substr(open + 5, dash - open - 5);
        out.most = told.substr(dash + 3, told.find(']', dash) - dash - 3);
    }
    return out;
}

/// How the value of an option is written: "FILE", "fast|real"; nothing for one that takes none.
std::string value_of(const CLI::Option& option, Language language) {
    const auto values = values_of(option);
    if (!values.allowed.empty()) return values.allowed;
    return values.kind.empty() ? std::string() : say(language, value_key(option));
}

bool takes_several(const CLI::Option& option) {
    return option.get_expected_max() >= CLI::detail::expected_max_vector_size;
}

/// As it stands on the command line: "--data FILE", "--pace fast|real", "FILE...".
std::string written(const CLI::Option& option, const std::string& name, Language language) {
    auto out = value_of(option, language);
    if (takes_several(option) && option.get_allow_extra_args() && !option.get_delimiter()) out += "...";
    if (option.get_positional()) return out;
    return out.empty() ? name : name + " " + out;
}

using Options = std::vector<const CLI::Option*>;
using Commands = std::vector<const CLI::App*>;

class HelpPage {
  public:
    HelpPage(const CLI::App& command, Language language) : command_(command), language_(language) {}

    void print() const {
        const auto arguments = command_.get_options([](auto* each) { return each->get_positional(); });
        const auto groups = command_.get_subcommands([](auto* each) { return each->get_name().empty(); });
        const auto commands = command_.get_subcommands([](auto* each) { return !each->get_name().empty(); });
        std::vector<Section> sections{section("arguments", arguments), section("options", options())};
        for (const auto* each : groups) sections.push_back(section("one_of", options_of(*each)));
        sections.push_back(section("commands", commands));
        int at = 0;
        for (const auto& each : sections)
            for (const auto& row : each.rows)
                if (const auto columns = columns_of(row.left); columns <= widest) at = std::max(at, columns + 4);

        page_.line(say(language_, help_key(command_)), 0, 0);
        std::cout << "\n";
        page_.words(usage(arguments, groups, commands), 4);
        for (const auto& each : sections) {
            if (each.rows.empty()) continue;
            std::cout << "\n" << each.heading << "\n";
            for (const auto& row : each.rows) page_.row(row.left, row.right, at);
        }
        if (commands.empty()) return;
        std::cout << "\n";
        page_.line(label("more", {{"command", name()}}), 0, 0);
    }

  private:
    static constexpr int widest = 30;  // columns of what stands left; what is wider has its own line
    struct Row {
        std::string left, right;
    };
    struct Section {
        std::string heading;
        std::vector<Row> rows;
    };

    std::string label(const std::string& word, const Facts& facts = {}) const {
        return say(language_, "cli.help_page." + word, facts);
    }

    /// "plenum journal export"
    std::string name() const {
        std::string out = "plenum";
        for (const auto& each : path_of(command_)) out += " " + each;
        return out;
    }

    /// The options that a command alone has.
    static Options options_of(const CLI::App& command) {
        return command.get_options([&](auto* each) {
            return each->nonpositional() && each != command.get_help_ptr() && each != command.get_version_ptr();
        });
    }

    /// The command's own options, behind them those that every command takes.
    Options options() const {
        auto out = options_of(command_);
        const auto* program = &command_;
        while (program->get_parent()) program = program->get_parent();
        if (program != &command_)
            for (const auto* each : options_of(*program)) out.push_back(each);
        for (const auto* each : {command_.get_help_ptr(), command_.get_version_ptr()})
            if (each) out.push_back(each);
        return out;
    }

    /// What is needed, in an order in which it can be written, and marks for what else there is.
    std::vector<std::string> usage(const Options& arguments, const Commands& groups, const Commands& commands) const {
        const auto may = [](const std::string& words) { return "[" + words + "]"; };
        std::vector<std::string> out{label("usage", {{"command", name()}})};
        for (const auto* each : arguments) {
            const auto word = written(*each, "", language_);
            out.push_back(each->get_required() ? word : may(word));
        }
        for (const auto* each : options())
            if (each->get_required()) out.push_back(written(*each, each->get_name(), language_));
        for (const auto* group : groups) {
            std::vector<std::string> choice;
            for (const auto* each : options_of(*group)) choice.push_back(written(*each, each->get_name(), language_));
            out.push_back("(" + joined(choice, " | ") + ")");
        }
        out.push_back(may(label("options_word")));
        if (commands.empty()) return out;
        out.push_back(command_.get_require_subcommand_min() > 0 ? label("command_word") : may(label("command_word")));
        return out;
    }

    Section section(const std::string& heading, const Options& options) const {
        Section out{label(heading), {}};
        for (const auto* each : options) {
            auto names = each->get_name(false, true);
            if (const auto comma = names.find(','); comma != std::string::npos) names.insert(comma + 1, " ");
            out.rows.push_back(
                {written(*each, names, language_), say(language_, help_key(command_, *each)) + notes(*each)});
        }
        return out;
    }
    Section section(const std::string& heading, const Commands& commands) const {
        Section out{label(heading), {}};
        for (const auto* each : commands) out.rows.push_back({each->get_name(), say(language_, help_key(*each))});
        return out;
    }

    /// What else is to be known of an option, in brackets behind what it means.
    std::string notes(const CLI::Option& option) const {
        std::vector<std::string> all;
        const auto note = [&](const std::string& word, const Facts& facts = {}) {
            all.push_back(label("note." + word, facts));
        };
        const auto names = [&](const std::set<CLI::Option*>& options) {
            std::set<std::string> sorted;
            for (const auto* each : options) sorted.insert(each->get_name());
            return joined({sorted.begin(), sorted.end()}, say(language_, "cli.list_between"));
        };
        const auto values = values_of(option);
        if (option.get_required()) note("required");
        if (takes_several(option) && !option.get_allow_extra_args()) note("repeated");
        if (!values.least.empty()) note("range", {{"least", values.least}, {"most", values.most}});
        if (const auto usual = option.get_default_str(); !usual.empty()) note("default", {{"value", usual}});
        if (!option.get_needs().empty()) note("needs", {{"options", names(option.get_needs())}});
        if (!option.get_excludes().empty()) note("excludes", {{"options", names(option.get_excludes())}});
        return all.empty() ? "" : label("note.around", {{"notes", joined(all, label("note.between"))}});
    }

    static std::string joined(const std::vector<std::string>& all, const std::string& between) {
        std::string out;
        for (const auto& each : all) out += (out.empty() ? "" : between) + each;
        return out;
    }

    const CLI::App& command_;
    Language language_;
    TerminalPage page_{std::min(width_of_terminal(), 100)};
};

}  // namespace

std::string help_key(const CLI::App& command) { return key_below(path_of(command), "what"); }

std::string help_key(const CLI::App& command, const CLI::Option& option) {
    auto path = path_of(command);
    while (true) {
        auto key = key_below(path, option.get_name());
        if (has_text(Language::en, key)) return key;
        if (path.empty()) return "";
        path.pop_back();
    }
}

std::string value_key(const CLI::Option& option) {
    const auto values = values_of(option);
    return values.kind.empty() || !values.allowed.empty() ? "" : "cli.help_page.value." + values.kind;
}

std::string shown_name(const CLI::App& command, const std::string& name, Language language) {
    const auto* option = command.get_option_no_throw(name);
    return option && option->get_positional() ? value_of(*option, language) : name;
}

void print_help(const CLI::App& command, Language language) { HelpPage(command, language).print(); }

}  // namespace plenum::cli
