// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <thread>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/rehearsal.h"
#include "http/openapi.h"
#include "http/server.h"
#include "http/site.h"
#include "store/verify.h"

namespace plenum::cli {
namespace {

/// SIGINT and SIGTERM, taken by a thread of their own: nothing of ours runs inside a signal handler.
class StopSignal {
  public:
    StopSignal() {
        sigset_t set = signals();
        pthread_sigmask(SIG_BLOCK, &set, nullptr);  // before any other thread starts, so that all of them inherit it
        waiter_ = std::thread([this] {
            const sigset_t waited = signals();
            const timespec tick{0, 200'000'000};
            while (!asked_ && !over_)
                if (sigtimedwait(&waited, nullptr, &tick) > 0) asked_ = true;
        });
    }
    ~StopSignal() {
        over_ = true;
        waiter_.join();
    }
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;
    const std::atomic<bool>& asked() const { return asked_; }
    void wait() const {
        while (!asked_) std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }

  private:
    static sigset_t signals() {
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, SIGINT);
        sigaddset(&set, SIGTERM);
        return set;
    }
    std::atomic<bool> asked_ = false, over_ = false;
    std::thread waiter_;
};

http::SiteOptions site_options(const std::string& listen, const std::string& pages, unsigned threads) {
    http::SiteOptions out;
    out.server.listen = listen;
    out.server.threads = threads;
    out.server.log = [](const std::string& line) { std::cerr << "plenum: " + line + "\n"; };
    out.pages = pages.empty() ? default_pages() : pages;
    return out;
}

/// Pages that were asked for by name must be there: a server that shows none would be noticed in the hall.
Result<Done> check_pages(const std::string& folder) {
    if (folder.empty()) return Done{};
    std::error_code error;
    for (const auto* page : {"/index.html", "/screen/index.html"})
        if (std::filesystem::is_regular_file(folder + page, error)) return Done{};
    return refuse(Why::pages_missing, {}, {folder, 0, 0, ""});
}

void print_links(http::Site& site, Language language) {
    std::cout << say(language, "cli.listening", {{"address", site.address()}}) << "\n"
              << say(language, "cli.administrator_link") << "  " << site.administrator_link() << "\n"
              << say(language, "cli.screen_link") << "  " << site.screen_link() << "\n"
              << std::flush;
}

void tell_in(Language language, int offset, UtcTime at, const std::vector<Text>& sentences, const Refusal* refused) {
    for (const auto& sentence : sentences) std::cout << clock_at(at, offset) << "  " << sentence.in(language) << "\n";
    if (refused) std::cout << clock_at(at, offset) << "  ✗ " << sentence_of(language, *refused) << "\n";
    std::cout << std::flush;
}

/// Journal, papers in three languages and two formats, and the summary.
Result<Done> write_out(app::Office& office, const std::string& congress, const std::string& folder,
                       const Json& summary) {
    TRY(make_folder(folder));
    std::ostringstream journal;
    TRY(store::export_journal(office.journal(), journal));
    TRY(write_file(folder + "/journal.jsonl", journal.str()));
    for (const auto* name : {"minutes", "communique"})
        for (const auto language : all_languages) {
            const auto paper = TRY(office.paper(congress, name, language));
            const std::string path = folder + "/" + name + "." + std::string(tag_of(language));
            TRY(write_file(path + ".md", congress::markdown_from(paper)));
            TRY(write_file(path + ".html", congress::standalone_html_from(paper)));
        }
    TRY(write_certificates(office, congress, folder));
    return write_file(folder + "/summary.json", canonical_json(summary) + "\n");
}

}  // namespace

std::string default_pages() {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    // build/<preset>/plenum and build/plenum both stand beside build/web.
    for (const auto& folder : {program.parent_path() / "web", program.parent_path().parent_path() / "web"})
        if (std::filesystem::is_directory(folder, error)) return folder.string();
    return (program.parent_path() / "web").string();
}

Result<Done> serve(const ServeOptions& options, Language language) {
    TRY(check_pages(options.pages));
    // What is wrong with the address leaves no database behind.
    TRY(http::check_address(options.listen));
    StopSignal signal;
    SystemClock clock;
    SystemRandomness randomness;
    auto office = TRY(app::Office::open(options.data, clock, randomness));
    SystemClock session_clock;
    SystemRandomness session_randomness;
    auto site = TRY(http::Site::open(*office, session_clock, session_randomness,
                                     site_options(options.listen, options.pages, options.threads)));
    print_links(*site, language);
    // Never in silence: what happens meanwhile would bear the last event's instant, or be refused.
    if (const auto behind = office->journal().clock_behind_ms(); behind > 0)
        std::cerr << "plenum: " << say(language, "cli.clock_behind", {{"seconds", (behind + 999) / 1000}}) << "\n";
    signal.wait();
    std::cout << say(language, "cli.stopping") << std::endl;
    site->stop();
    return Done{};
}

Result<Done> rehearse_scenario(const RehearseOptions& options, Language language) {
    TRY(check_pages(options.pages));
    std::unique_ptr<StopSignal> signal;
    if (!options.listen.empty()) signal = std::make_unique<StopSignal>();
    if (!options.listen.empty()) TRY(http::check_address(options.listen));
    const auto scenario = TRY(read_scenario(options.scenario));
    if (!options.data.empty() && std::filesystem::exists(options.data))
        return refuse(Why::data_exists, {}, {options.data, 0, 0, ""});

    // With a seed everything that is drawn or read off a clock comes from it; without, from the system.
    const auto midnight = UtcTime{days_from_date(scenario.first_day) * 86'400'000};
    SetClock set_clock(midnight + -400LL * 86'400'000);
    SystemClock system_clock;
    std::unique_ptr<Randomness> people, books;
    if (options.seed) {
        people = std::make_unique<SeededRandomness>("people " + *options.seed);
        books = std::make_unique<SeededRandomness>("books " + *options.seed);
    } else {
        people = std::make_unique<SystemRandomness>();
        books = std::make_unique<SystemRandomness>();
    }
    Clock& clock = options.seed ? static_cast<Clock&>(set_clock) : system_clock;
    auto office = TRY(app::Office::open(options.data.empty() ? ":memory:" : options.data, clock, *books));

    SystemClock session_clock;
    SystemRandomness session_randomness;
    std::unique_ptr<http::Site> site;
    if (!options.listen.empty()) {
        site = TRY(http::Site::open(*office, session_clock, session_randomness,
                                    site_options(options.listen, options.pages, 2)));
        print_links(*site, language);
    }

    RehearsalOptions rehearsal;
    rehearsal.pace = options.real_pace ? Pace::real : Pace::fast;
    rehearsal.clock = options.seed ? &set_clock : nullptr;
    rehearsal.first_day = options.seed ? scenario.first_day : date_at(system_clock.now(), scenario.utc_offset_minutes);
    if (signal) rehearsal.stop = &signal->asked();
    if (!options.json)
        rehearsal.tell = [&](UtcTime at, const std::string&, const std::vector<Text>& sentences,
                             const Refusal* refused) {
            tell_in(language, scenario.utc_offset_minutes, at, sentences, refused);
        };
    TRY(rehearse(*office, scenario, *people, rehearsal));

    if (!(signal && signal->asked())) {
        const auto summary = TRY(summary_of(*office, scenario.id));
        if (!options.out.empty()) TRY(write_out(*office, scenario.id, options.out, summary));
        if (options.json)
            std::cout << canonical_json(summary) << std::endl;
        else
            std::cout << say(language, "cli.rehearsed",
                             {{"events", office->journal().last()}, {"head", office->journal().head()}})
                      << std::endl;
    }
    if (site) {
        if (!signal->asked()) std::cout << say(language, "cli.stays_up", {{"address", site->address()}}) << std::endl;
        signal->wait();
        std::cout << say(language, "cli.stopping") << std::endl;
        site->stop();
    }
    return Done{};
}

Result<Done> print_openapi() {
    std::cout << http::openapi_text();
    return Done{};
}

}  // namespace plenum::cli
