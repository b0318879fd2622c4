// SPDX-License-Identifier: Apache-2.0
// What the tests of this room share: a folder that goes away, and a small journal that has one of everything.
#pragma once
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "store/verify.h"

namespace plenum::store::fixture {

class Folder {
  public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "plenum-store-XXXXXX").string();
        invariant(::mkdtemp(name.data()));
        path_ = name;
    }
    ~Folder() {
        std::error_code error;
        std::filesystem::remove_all(path_, error);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string path() const { return path_.string(); }
    std::string operator/(const std::string& name) const { return (path_ / name).string(); }

  private:
    std::filesystem::path path_;
};

inline std::string content_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}
inline void write(const std::string& path, std::string_view content) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

inline Act act(const std::string& key, const std::string& request = "", const std::string& actor = "chair") {
    return {actor, "congress.note", key, sha256_hex(request.empty() ? key : request)};
}
/// Decides one event with this number in its body.
inline Decide note(int number, const std::string& stream = "congress/8") {
    return [=](Transaction&) -> Result<std::vector<NewEvent>> {
        return std::vector{NewEvent{stream, "noted", "{\"number\":" + std::to_string(number) + "}", std::nullopt}};
    };
}
inline Decide note_about(const std::string& personal) {
    return [=](Transaction&) -> Result<std::vector<NewEvent>> {
        return std::vector{NewEvent{"member/41", "entered", R"({"unit":5})", personal}};
    };
}

inline constexpr UtcTime opening{1'795'166'043'017};  // 2026-11-20T09:14:03.017Z

/// Six events: one plain, two of one act, one with a personal part, one whose personal part was erased by the last.
inline void fill(Journal& journal) {
    invariant(journal.append(act("k1"), note(17)));
    invariant(journal.append(act("k2"), [](Transaction&) -> Result<std::vector<NewEvent>> {
        return std::vector{NewEvent{"congress/8", "opened", "{}", std::nullopt},
                           NewEvent{"congress/8", "said", R"({"text":"\u0001 \"甲\"\n"})", std::nullopt}};
    }));
    invariant(journal.append(act("k3"), note_about(R"({"name":"乙"})")));
    invariant(journal.append(act("k4"), note_about(R"({"name":"丙"})")));
    invariant(journal.erase_personal(5, "registrar", "asked by 丙's family"));
}

}  // namespace plenum::store::fixture
