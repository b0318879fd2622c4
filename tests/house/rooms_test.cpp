// SPDX-License-Identifier: Apache-2.0
// Holds the house to src/rooms.txt: a room includes only what its line lists, and arrows point down only.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

struct Room {
    std::size_t floor;
    std::set<std::string> below;
};

std::string content(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::map<std::string, Room> rooms() {
    std::map<std::string, Room> out;
    std::istringstream in(content("src/rooms.txt"));
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line[0] == '#') continue;
        const auto colon = line.find(':');
        REQUIRE(colon != std::string::npos);
        Room room{out.size(), {}};
        std::istringstream names(line.substr(colon + 1));
        for (std::string name; names >> name;) room.below.insert(name);
        out[line.substr(0, colon)] = room;
    }
    return out;
}

std::vector<fs::path> sources(const fs::path& root) {
    std::vector<fs::path> out;
    for (const auto& entry : fs::recursive_directory_iterator(root))
        if (entry.path().extension() == ".h" || entry.path().extension() == ".cpp") out.push_back(entry.path());
    return out;
}

std::string room_of(const fs::path& path) { return path.lexically_relative("src").begin()->string(); }

}  // namespace

TEST_CASE("arrows between rooms point down only") {
    const auto all = rooms();
    for (const auto& [name, room] : all)
        for (const auto& lower : room.below) {
            CAPTURE(name);
            CAPTURE(lower);
            REQUIRE(all.contains(lower));
            CHECK(all.at(lower).floor < room.floor);
        }
}

TEST_CASE("a room includes only the rooms that its line lists") {
    const auto all = rooms();
    const std::regex include("^\\s*#\\s*include\\s*\"([^\"]+)\"");
    std::size_t seen = 0;
    for (const auto& path : sources("src")) {
        const auto room = room_of(path);
        CAPTURE(path.string());
        REQUIRE_MESSAGE(all.contains(room), "a folder without a line in src/rooms.txt");
        std::istringstream in(content(path));
        for (std::string line; std::getline(in, line);) {
            std::smatch match;
            if (!std::regex_search(line, match, include)) continue;
            const std::string target = match[1];
            CAPTURE(target);
            CHECK_MESSAGE(fs::exists(fs::path("src") / target), "includes are written from src/");
            const auto other = target.substr(0, target.find('/'));
            CHECK((other == room || all.at(room).below.contains(other)));
            ++seen;
        }
    }
    CHECK(seen > 20);
}

TEST_CASE("congress does not know election, and evote knows nobody above base") {
    const auto all = rooms();
    CHECK_FALSE(all.at("congress").below.contains("election"));
    if (all.contains("evote")) CHECK(all.at("evote").below == std::set<std::string>{"base"});
}

TEST_CASE("every source file names its licence and makes no forbidden call") {
    const std::regex forbidden("(^|[^A-Za-z0-9_:.>])(rand|srand|strcpy|strcat|sprintf|gets|system|tmpnam)\\s*\\(");
    for (const auto* root : {"src", "tests", "bench"})
        for (const auto& path : sources(root)) {
            CAPTURE(path.string());
            const auto text = content(path);
            CHECK(text.starts_with("// SPDX-License-Identifier: Apache-2.0\n"));
            CHECK_FALSE(std::regex_search(text, forbidden));
        }
}

TEST_CASE("no test drops what a property says") {
    // rc::check gives back whether it held, and fails nothing by itself.
    const std::regex dropped("(^|\\n)\\s*rc::check\\s*\\(");
    CHECK(std::regex_search("{\n    rc::check([] {", dropped));
    for (const auto* root : {"src", "tests"})
        for (const auto& path : sources(root)) {
            if (path.filename() == "rooms_test.cpp") continue;
            CAPTURE(path.string());
            CHECK_FALSE(std::regex_search(content(path), dropped));
        }
}

TEST_CASE("query text stands only in store/schema and store/queries") {
    const std::regex query("\"\\s*(select|insert|update|delete|create table)\\s", std::regex::icase);
    for (const auto& path : sources("src")) {
        if (path.filename().string().ends_with("_test.cpp")) continue;
        CAPTURE(path.string());
        CHECK_FALSE(std::regex_search(content(path), query));
    }
}
