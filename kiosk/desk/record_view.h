// A registration as people look at it: named values, stages, timeline. Words in the reader's language;
// shared by the student's and the staff's desk, the command line and the windows.
#pragma once

#include "kiosk/desk/home.h"

#include <optional>
#include <string>
#include <vector>

namespace wq::desk {

struct NamedValue {
    std::string key;  // the field's
    std::string label, value;
};

// How a state is to be felt: nothing special, under way, wants something of the reader, done, failed.
enum class Tone { plain, info, attention, good, bad };
Tone tone_of(domain::State state);

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

// The employer, or what else a destination is called by: a school, a venture, its code's name.
std::string title_of(const domain::Form& form, const domain::Codes& codes, const Speech& speech);
// What the student should do about the record now; empty: nothing.
std::string next_step_of(const domain::Registration& record, const Speech& speech);
// The state, finer while an agreement is being terminated.
std::string status_of(const domain::Registration& record, const domain::Campus& campus, const Speech& speech);
// Whose words the record's comment is: "老师意见：", "单位答复：".
std::string comment_lead_of(const domain::Registration& record, const Speech& speech);

// What people are told of an employer that is warned of (R33), or nothing.
std::optional<std::string> warning_of(Home& home, std::string_view credit_code, const Speech& speech);

// The values of a form with their labels, codes as names; empty ones left out.
std::vector<NamedValue> named_values(std::span<const domain::Field> fields, const domain::Form& form,
                                     const domain::Codes& codes, const Speech& speech);
// One value as people read it.
std::string shown_value(const domain::Field& field, std::string_view value, const domain::Codes& codes,
                        const Speech& speech);

}  // namespace wq::desk
