// SPDX-License-Identifier: Apache-2.0
#include "http/static_files.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "base/bytes.h"
#include "base/file.h"

namespace plenum::http {
namespace {

namespace fs = std::filesystem;

std::string content_type_of(const std::string& path) {
    static const std::map<std::string, std::string, std::less<>> known{
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".json", "application/json"},
        {".webmanifest", "application/manifest+json"},
        {".map", "application/json"},
        {".txt", "text/plain; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".webp", "image/webp"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".wasm", "application/wasm"},
        {".pdf", "application/pdf"},
        {".xml", "application/xml"},
    };
    const auto found = known.find(fs::path(path).extension().string());
    return found == known.end() ? "application/octet-stream" : found->second;
}

/// "assets/index-BqT3x_9a.js": the build puts a hash of at least 8 letters into the name, so the content of a name
/// never changes.
bool has_hash(const std::string& path) {
    if (!path.starts_with("assets/")) return false;
    const auto name = fs::path(path).stem().string();
    for (auto dash = name.find('-'); dash != std::string::npos; dash = name.find('-', dash + 1))
        if (name.size() - dash - 1 >= 8) return true;
    return false;
}

bool is_hidden(const fs::path& relative) {
    return std::any_of(relative.begin(), relative.end(),
                       [](const auto& part) { return part.string().starts_with('.'); });
}

/// True if an Accept-Encoding header takes gzip: named, and not with weight 0.
bool takes_gzip(std::string_view header) {
    while (!header.empty()) {
        const auto comma = std::min(header.find(','), header.size());
        std::string item;
        for (const char c : header.substr(0, comma))
            if (c != ' ' && c != '\t') item += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        if (item == "gzip" || item.starts_with("gzip;")) {
            const auto weight = item.find(";q=");
            return weight == std::string::npos || item.find_first_of("123456789", weight) != std::string::npos;
        }
        header.remove_prefix(std::min(comma + 1, header.size()));
    }
    return false;
}

bool names_etag(std::string_view header, std::string_view etag) {
    return header == "*" || header.find(etag) != std::string_view::npos;
}

Response missing_page(Language language) {
    const auto title = say(language, "http.pages_missing.title");
    return text_response("text/html; charset=utf-8",
                         "<!doctype html>\n<html lang=\"" + std::string(tag_of(language)) +
                             "\">\n<meta charset=\"utf-8\">\n<title>" + title + "</title>\n<h1>" + title +
                             "</h1>\n<p>" + say(language, "http.pages_missing.body") + "</p>\n</html>\n",
                         503);
}

}  // namespace

Result<StaticFiles> StaticFiles::load(const std::string& folder, Limits limits) {
    StaticFiles out;
    std::error_code error;
    if (folder.empty() || !fs::is_directory(folder, error)) {
        out.missing_ = true;
        return out;
    }
    std::map<std::string, std::shared_ptr<const std::string>> read;
    std::size_t bytes = 0;
    const auto end = fs::recursive_directory_iterator();
    for (auto it = fs::recursive_directory_iterator(folder, error); !error && it != end; it.increment(error)) {
        const auto relative = it->path().lexically_relative(folder);
        // A link could lead out of the folder.
        if (it->is_symlink() || !it->is_regular_file() || is_hidden(relative)) continue;
        auto content = TRY(read_file(it->path().string(), limits.bytes));
        bytes += content.size();
        if (bytes > limits.bytes || read.size() == limits.files)
            return plenum::refuse(Why::folder_too_large, {{"most", limits.bytes}, {"files", limits.files}},
                                  {folder, 0, 0, ""});
        read.emplace(relative.generic_string(), std::make_shared<const std::string>(std::move(content)));
    }
    if (error)
        return plenum::refuse(base::Why::file_unreadable, {{"reason", system_reason(error.value())}},
                              {folder, 0, 0, ""});
    for (const auto& [path, content] : read) {
        if (path.ends_with(".gz") && read.contains(path.substr(0, path.size() - 3))) continue;
        File file;
        file.plain = content;
        if (const auto twin = read.find(path + ".gz"); twin != read.end()) file.gzipped = twin->second;
        file.content_type = content_type_of(path);
        file.etag = sha256_hex(*content).substr(0, 32);
        file.immutable = has_hash(path);
        out.files_.emplace(path, std::move(file));
    }
    out.missing_ = out.files_.empty();
    return out;
}

Response StaticFiles::answer(const Request& request) const {
    if (request.path.empty()) return redirect("/screen/");
    auto path = request.path_text().substr(1);
    if (missing_ && (path == "screen/" || path == "console/" || path == "screen" || path == "console"))
        return missing_page(request.language());
    if (request.folder) path += "index.html";
    const auto found = files_.find(path);
    if (found == files_.end()) {
        if (!request.folder && files_.contains(path + "/index.html")) return redirect("/" + path + "/");
        return problem_response(request.language(), refusal(Why::not_found));
    }
    const auto& file = found->second;
    const bool gzipped = file.gzipped && takes_gzip(request.header("accept-encoding"));
    const auto etag = "\"" + file.etag + (gzipped ? "-gz" : "") + "\"";
    Response out;
    out.headers.emplace_back("ETag", etag);
    out.headers.emplace_back("Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
    if (file.gzipped) out.headers.emplace_back("Vary", "Accept-Encoding");
    if (names_etag(request.header("if-none-match"), etag)) {
        out.status = 304;
        return out;
    }
    out.content_type = file.content_type;
    out.body = gzipped ? file.gzipped : file.plain;
    if (gzipped) out.headers.emplace_back("Content-Encoding", "gzip");
    return out;
}

}  // namespace plenum::http
