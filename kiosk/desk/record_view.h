// A registration as people look at it: named values, stages, timeline. Words in the reader's language;
// shared by the student's and the staff's desk, the command line and the windows. The words that pages of the
// platform say too are data/os/record_words.h's.
#pragma once

#include "data/os/record_words.h"
#include "kiosk/desk/home.h"

#include <optional>
#include <string>
#include <vector>

namespace wq::desk {

using os::named_values;
using os::NamedValue;
using os::shown_value;
using os::status_of;
using os::title_of;
using os::Tone;
using os::tone_of;

struct Stage {
    enum class Progress { done, current, ahead };
    std::string label;
    Progress progress = Progress::ahead;
};
// The way that a record of this kind goes, up to where it is; nothing once it is over without success.
std::vector<Stage> stages_of(const domain::Registration& record, const domain::Campus& campus,
                             const Speech& speech);

struct TimelineEntry {
    std::string when;     // "2026-11-23 10:12"
    std::string what;     // "提交", "学校审核通过", …
    std::string who;      // "本人", "学校 王老师"
    std::string comment;  // of a reviewer; empty else
    std::string sync;     // "已在本机提交,等待同步", "平台已收到", "平台未采用:…"
};

// One picture or file of a record, under the name of what it shows.
struct NamedFile {
    std::string kind, label;
    domain::Hash hash{};
    std::string media_type;
};

// The return link that is open (R20).
struct ShownLink {
    std::string url, until;
    bool waiting = false;  // the platform does not know it yet
};

struct RecordView {
    domain::Registration record;
    std::string title, status;
    Tone tone = Tone::plain;
    std::vector<Stage> stages;
    std::string next_step;              // what the student should do; empty: nothing
    std::string comment_lead;           // whose words record.comment is
    std::vector<NamedValue> agreement;  // number, day of issue, parties
    std::vector<NamedValue> form;
    std::vector<NamedValue> student;      // the resident id masked
    std::vector<NamedValue> termination;  // the last request to end it
    std::vector<NamedFile> files;         // materials, papers and talks of a termination
    std::vector<TimelineEntry> timeline;
    std::vector<std::string> warnings;  // what a reviewer should look at
    std::optional<ShownLink> link;
    int copies_printed = 0;  // of this paper, over all nodes; those that may be out among them
};

RecordView view_of(Home& home, const domain::Registration& record, const Speech& speech);

// `changed_meanwhile` with who did what last to the record; every other refusal as it is.
Refusal with_last_act(Home& home, const Uuid& record, Refusal refusal);

// What the student should do about the record now; empty: nothing.
std::string next_step_of(const domain::Registration& record, const Speech& speech);
// Whose words the record's comment is: "老师意见：", "单位答复：".
std::string comment_lead_of(const domain::Registration& record, const Speech& speech);

// What people are told of an employer that is warned of (R33), or nothing.
std::optional<std::string> warning_of(Home& home, std::string_view credit_code, const Speech& speech);

}  // namespace wq::desk
