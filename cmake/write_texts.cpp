// SPDX-License-Identifier: Apache-2.0
// write_texts OUT FILE…: a C++ source with all sentences of texts/<language>/*.json by key, sorted, so that the program
// has nothing to read or to sort when it starts. A file that is no object of sentences, and a key that stands in two
// files of a language, end the build.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "base/json.h"

namespace {

using Sentences = std::map<std::string, std::string>;

bool fail(const std::string& file, const std::string& what) {
    std::fprintf(stderr, "%s: %s\n", file.c_str(), what.c_str());
    return false;
}

bool flatten(Sentences& into, const std::string& file, const std::string& prefix, const plenum::JsonObject& object) {
    for (const auto& [name, value] : object) {
        const auto key = prefix.empty() ? std::string(name) : prefix + "." + std::string(name);
        if (value.is_object()) {
            if (!flatten(into, file, key, value.get_object())) return false;
        } else if (!value.is_string() || !into.emplace(key, std::string(value.get_string())).second) {
            return fail(file, key + ": not a sentence, or there twice");
        }
    }
    return true;
}

bool read(Sentences& into, const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return fail(file, "cannot be read");
    const auto json = plenum::json_from_text(std::string(std::istreambuf_iterator<char>(in), {}));
    if (!json) return fail(file, "line " + std::to_string(json.error().place.line));
    return json->is_object() ? flatten(into, file, "", json->get_object()) : fail(file, "no object");
}

/// As a string literal of any bytes. Octal has three digits each, so that a digit may follow.
void write_literal(std::ostream& out, const std::string& bytes) {
    out << '"';
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out << '\\' << c;
        else if (byte >= 0x20 && byte < 0x7f && c != '?')
            out << c;
        else
            out << '\\' << byte / 64 << byte / 8 % 8 << byte % 8;
    }
    out << "\"\n";
}

void write(std::ostream& out, const std::string& name, const Sentences& sentences) {
    out << "constexpr char words_" << name << "[] =\n";
    for (const auto& [key, sentence] : sentences) write_literal(out, key + sentence);
    out << "\"\";\nconstexpr Sentence sentences_" << name << "[] = {\n";
    std::size_t at = 0;
    for (const auto& [key, sentence] : sentences) {
        out << "    {" << at << ", " << at + key.size() << ", " << at + key.size() + sentence.size() << "},\n";
        at += key.size() + sentence.size();
    }
    out << "    {},\n};\n";
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    std::map<std::string, Sentences> languages{{"zh-Hans", {}}, {"zh-Hant", {}}, {"en", {}}};
    for (int i = 2; i < argc; ++i) {
        const std::string file = argv[i];
        const auto name_at = file.rfind('/');
        const auto folder = file.substr(0, name_at);
        const auto language = languages.find(folder.substr(folder.rfind('/') + 1));
        if (language == languages.end()) return fail(file, "in no language's folder"), 1;
        if (!read(language->second, file)) return 1;
    }
    std::ostringstream out;
    out << "// Written by cmake/write_texts.cpp.\n#include \"base/sentences.h\"\nnamespace plenum::texts {\nnamespace "
           "{\n";
    std::string cases;
    for (const auto& [tag, sentences] : languages) {
        std::string name = tag == "zh-Hans" ? "zh_hans" : tag == "zh-Hant" ? "zh_hant" : tag;
        write(out, name, sentences);
        cases += "        case Language::" + name + ": return {words_" + name + ", {sentences_" + name + ", " +
                 std::to_string(sentences.size()) + "}};\n";
    }
    out << "}  // namespace\nSentences sentences_in(Language language) {\n    switch (language) {\n"
        << cases << "    }\n    return {};\n}\n}  // namespace plenum::texts\n";
    std::ofstream file(argv[1], std::ios::binary | std::ios::trunc);
    file << out.str();
    return file.flush() ? 0 : 1;
}
