// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>

#include "http/message.h"

namespace plenum::http {

/// The pages, scripts and styles that a browser loads, read whole into memory at start. Never reads the disk after
/// that, so that no path in a request can reach it.
class StaticFiles {
  public:
    struct Limits {
        std::size_t files = 2'000;
        std::size_t bytes = 32u << 20;  // all files together, `.gz` twins included
    };
    /// A folder that does not exist is taken as empty: each page then says that the pages are missing.
    /// refuses  folder_too_large; base.file_unreadable
    static Result<StaticFiles> load(const std::string& folder, Limits limits);
    static Result<StaticFiles> load(const std::string& folder) { return load(folder, {}); }

    /// Answers GET and HEAD: "/" leads to "/screen/", a folder to its index.html, "/screen" to "/screen/"; the `.gz`
    /// twin where it is taken; 304 where the browser has it. Files under assets/ with a hash in their name are
    /// immutable, all others are asked for anew.
    Response answer(const Request& request) const;
    std::size_t count() const { return files_.size(); }

  private:
    struct File {
        std::shared_ptr<const std::string> plain, gzipped;  // gzipped may be null
        std::string content_type, etag;
        bool immutable = false;
    };
    std::map<std::string, File, std::less<>> files_;  // by path without the leading '/'
    bool missing_ = false;
};

}  // namespace plenum::http
