// The pages' templates, assets/web/*.mustache, read once at start: {{>name}} puts in another file, [[key]] a
// sentence of the wording in the reader's language, {{value}} a value, escaped by the one function there is,
// mustache's. Nothing is put in unescaped but the page's body into its frame. Any number of threads.
#pragma once

#include "data/os/wording.h"

#include <kainjow/mustache.hpp>

#include <filesystem>
#include <map>
#include <string>

namespace wq::platform {

using PageData = kainjow::mustache::data;

// Left out of the page, also where the surroundings have the same name.
void put(PageData& values, const std::string& name, const std::string& text);
// With has_NAME, for what stands around a list.
void put(PageData& values, const std::string& name, const std::vector<PageData>& list);

class Templates {
  public:
    // Fault where a template or the wording can't be read, is malformed or says a word that there is not.
    explicit Templates(const std::filesystem::path& assets);

    // Whether the page has a form that is sent with the visitor's token.
    bool asks_token(const std::string& name) const;
    std::string render(const std::string& name, os::Language language, const PageData& values) const;
    // The programs' wording and the pages' own, assets/web/wording.tsv.
    const os::Wording& wording() const { return wording_; }
    // What stands in assets/web by itself: the style sheet and the icon.
    const std::string& style() const { return style_; }
    const std::string& icon() const { return icon_; }

  private:
    std::string whole(const std::string& name, int depth) const;
    std::string said(const std::string& text, os::Language language) const;

    std::filesystem::path folder_;
    os::Wording wording_;
    std::string style_, icon_;
    std::map<std::pair<std::string, os::Language>, std::string> ready_;
};

}  // namespace wq::platform
