// SPDX-License-Identifier: Apache-2.0
#include "http/static_files.h"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <filesystem>

#include "base/file.h"

using namespace plenum;
using namespace plenum::http;
namespace fs = std::filesystem;

namespace {

struct Folder {
    Folder() {
        std::string pattern = (fs::temp_directory_path() / "plenum-pages-XXXXXX").string();
        REQUIRE(::mkdtemp(pattern.data()));
        path = pattern;
    }
    ~Folder() { fs::remove_all(path); }
    void put(const std::string& name, const std::string& content) const {
        fs::create_directories(fs::path(path + "/" + name).parent_path());
        REQUIRE(write_file(path + "/" + name, content));
    }
    std::string path;
};

Response ask(const StaticFiles& files, std::string_view target,
             std::vector<std::pair<std::string, std::string>> headers = {}) {
    Request request;
    REQUIRE(read_target(request, target));
    request.headers = std::move(headers);
    return files.answer(request);
}
std::string header(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers)
        if (key == name) return value;
    return "";
}

}  // namespace

TEST_CASE("pages are served from memory with their types") {
    Folder folder;
    folder.put("screen/index.html", "<p>screen");
    folder.put("console/index.html", "<p>console");
    folder.put("assets/screen-BqT3x_9a.js", "let a = 5");
    folder.put("assets/screen-BqT3x_9a.js.gz", "packed");
    folder.put("assets/logo.svg", "<svg/>");
    folder.put(".secret", "no");
    fs::create_symlink("/etc/hostname", folder.path + "/link.txt");
    const auto files = StaticFiles::load(folder.path);
    REQUIRE(files);
    fs::remove_all(folder.path);  // nothing is read after the start

    CHECK(ask(*files, "/").status == 302);
    CHECK(header(ask(*files, "/"), "Location") == "/screen/");
    CHECK(*ask(*files, "/screen/").body == "<p>screen");
    CHECK(*ask(*files, "/console/").body == "<p>console");
    CHECK(header(ask(*files, "/console"), "Location") == "/console/");
    CHECK(ask(*files, "/screen/").content_type == "text/html; charset=utf-8");
    CHECK(header(ask(*files, "/screen/"), "Cache-Control") == "no-cache");
    CHECK(ask(*files, "/assets/logo.svg").content_type == "image/svg+xml");
    CHECK(header(ask(*files, "/assets/logo.svg"), "Cache-Control") == "no-cache");
    for (const auto* target : {"/.secret", "/link.txt", "/assets/", "/assets", "/nothing", "/screen/index.html/x"})
        CHECK(ask(*files, target).status == 404);

    SUBCASE("hashed assets are immutable, and packed for those who take it") {
        const auto* script = "/assets/screen-BqT3x_9a.js";
        CHECK(header(ask(*files, script), "Cache-Control") == "public, max-age=31536000, immutable");
        CHECK(ask(*files, script).content_type == "text/javascript; charset=utf-8");
        CHECK(header(ask(*files, script), "Vary") == "Accept-Encoding");
        CHECK(*ask(*files, script).body == "let a = 5");
        for (const auto* takes : {"gzip", "br, gzip", "gzip;q=0.5", "deflate,gzip ; q=1.0"}) {
            const auto packed = ask(*files, script, {{"accept-encoding", takes}});
            CHECK(*packed.body == "packed");
            CHECK(header(packed, "Content-Encoding") == "gzip");
            CHECK(header(packed, "ETag") != header(ask(*files, script), "ETag"));
        }
        for (const auto* not_taken : {"", "br", "gzip;q=0", "gzip; q=0.000", "xgzip"})
            CHECK(*ask(*files, script, {{"accept-encoding", not_taken}}).body == "let a = 5");
    }
    SUBCASE("a browser that has the file is told so") {
        const auto etag = header(ask(*files, "/screen/"), "ETag");
        for (const auto& known : {etag, "\"x\", W/" + etag, std::string("*")}) {
            const auto answer = ask(*files, "/screen/", {{"if-none-match", known}});
            CHECK(answer.status == 304);
            CHECK_FALSE(answer.body);
            CHECK(header(answer, "ETag") == etag);
        }
        CHECK(ask(*files, "/screen/", {{"if-none-match", "\"x\""}}).status == 200);
    }
}

TEST_CASE("without the folder of pages each page says so, in the reader's language") {
    const auto files = StaticFiles::load("/nowhere/at/all");
    REQUIRE(files);
    const auto page = ask(*files, "/screen/", {{"accept-language", "en"}});
    CHECK(page.status == 503);
    CHECK(page.body->find("<h1>The pages are not installed</h1>") != std::string::npos);
    CHECK(ask(*files, "/console/").body->find("网页尚未安装") != std::string::npos);
    CHECK(ask(*files, "/console/", {{"accept-language", "zh-TW"}}).body->find("網頁尚未安裝") != std::string::npos);
    CHECK(ask(*files, "/x.js").status == 404);
}

TEST_CASE("a folder of pages that is too large is refused") {
    Folder folder;
    for (int i = 0; i < 5; ++i) folder.put(std::to_string(i) + ".txt", std::string(17, 'x'));
    CHECK(StaticFiles::load(folder.path, {.files = 5, .bytes = 85}));
    CHECK(refused_as(StaticFiles::load(folder.path, {.files = 4, .bytes = 85}), Why::folder_too_large));
    CHECK(refused_as(StaticFiles::load(folder.path, {.files = 5, .bytes = 84}), Why::folder_too_large));
}
