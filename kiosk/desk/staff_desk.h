// What the career office and the departments can do, as use cases: the queue, reviews, the scan tray, figures
// of sync. Scope is checked here and below, never in a window. Belongs to the thread of its Home.
#pragma once

#include "kiosk/desk/home.h"
#include "kiosk/desk/record_view.h"
#include "kiosk/desk/set_up.h"
#include "kiosk/desk/sync_state.h"

#include <optional>
#include <string>
#include <vector>

namespace wq::desk {

class Paper;

struct StaffSession {
    domain::Actor actor;
    std::string display_name;
};

struct QueueRow {
    store::RegistrationRow row;
    std::string status;
    std::string note;  // what stands out: "✔ 码 ✔ 章 …", a warning; empty: nothing
    Tone note_tone = Tone::plain;
    std::string when;
    bool stands_out = false;  // flagged, or its employer is warned of
};

// What of the queue is wanted; empty: all.
struct QueueFilter {
    std::vector<domain::Kind> kinds = {};
    bool flagged = false;  // only what stands out
};

class StaffDesk {
  public:
    StaffDesk(Home& home, Paper& paper) : home_(&home), paper_(&paper) {}

    Result<StaffSession> log_in(std::string_view login, std::string_view password);

    // Only what waits for this person (`mine`), or all within the scope.
    std::vector<QueueRow> queue(const StaffSession& session, bool mine, std::string_view text,
                                const Speech& speech, std::size_t limit = 500, std::size_t offset = 0,
                                const QueueFilter& only = {});
    std::int64_t count(const StaffSession& session, bool mine, std::string_view text = {});

    // What waits for this person, risk first; and whether a record wants a look of its own: flags, a warned
    // employer.
    std::vector<store::RegistrationRow> waiting(const StaffSession& session, std::size_t limit);
    bool is_flagged(const domain::Registration& record);

    Result<RecordView> review(const StaffSession& session, const Uuid& id, const Speech& speech);
    std::vector<domain::Action> actions(const StaffSession& session,
                                        const domain::Registration& record) const;

    // A pass that approves issues number and paper. Refusals: domain::apply's, Paper::issue's.
    struct Doing {
        std::string reason = {};
        std::optional<std::int64_t> seen = {};  // the revision that the reviewer looked at
        std::vector<std::string> comment_on = {};
        std::vector<domain::Attachment> attachments = {};  // talks, of a forced termination
        bool confirmed = false;
    };
    Result<domain::Registration> act(const StaffSession& session, const Uuid& id, domain::Action action,
                                     const Doing& doing);
    Result<domain::Registration> act(const StaffSession& session, const Uuid& id, domain::Action action,
                                     std::string_view reason, std::optional<std::int64_t> seen = {}) {
        return act(session, id, action, Doing{std::string(reason), seen});
    }

    Result<Bytes> issued_pdf(const StaffSession& session, const Uuid& id);
    std::optional<Bytes> picture(const domain::Hash& hash) const {
        return home_->store().pictures().read(hash);
    }

    // A file that staff add to an act. Refusals: attach_file's.
    Result<domain::Attachment> attach(std::string kind, ByteView file);

    // Of a department its own only; of a school all.
    std::vector<domain::Graduate> graduates(const StaffSession& session, std::string_view text,
                                            std::size_t limit = 200);
    // The school puts base data right; the student confirms it anew (R12). `seen` is the revision that was
    // looked at. Refusals: `not_allowed`, `student_unknown`, `graduate_changed`, `form_wrong` {count, field,
    // code}, by the same checks as an import.
    Result<void> correct(const StaffSession& session, std::string_view exam_number,
                         const domain::Form& changes, std::optional<std::int64_t> seen = {});
    // School only.
    Result<RosterImport> import_roster(const StaffSession& session, const std::filesystem::path& file);

    // Pages of nobody belong to no department: the school's alone.
    std::vector<store::TrayItem> tray(const StaffSession& session) const;
    // Looked at and of no use; the picture itself is kept. Refusals: `out_of_scope`, `tray_item_unknown`.
    Result<void> dismiss(const StaffSession& session, std::int64_t tray_item);

    SyncState sync_state(const Speech& speech);

  private:
    store::RegistrationFilter filter(const StaffSession& session, bool mine, std::string_view text);
    Result<domain::Registration> in_scope(const StaffSession& session, const Uuid& id);

    Home* home_;
    Paper* paper_;
};

}  // namespace wq::desk
