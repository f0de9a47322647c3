// Pages of the platform: one frame, one style sheet, no scripts; the body is a mustache template. Every value
// is escaped by the template ({{x}}). Private to sync/platform.
#pragma once

#include "sync/protocol/http.h"

#include <kainjow/mustache.hpp>

#include <string>
#include <string_view>

namespace wq::platform {

using PageData = kainjow::mustache::data;

// A sentence in both languages; pages for the public show both.
struct Words {
    std::string_view zh, en;
};

// Sets NAME_zh and NAME_en.
void put(PageData& values, const std::string& name, Words words);
// One line of a list of facts: zh, en, value.
PageData fact(Words label, std::string value);

// `tone`: "", "good" or "bad". Nothing of it is kept by caches, sent on as a referrer or framed.
protocol::Response html_page(Words title, std::string_view tone, const char* body_template, PageData& values,
                             int status = 200);

}  // namespace wq::platform
