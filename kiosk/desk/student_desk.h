// What a student can do at a kiosk, as use cases: log in, confirm, fill in, submit, print, bring paper back.
// No windows; the command line and the tests knock at the same door. Belongs to the thread of its Home.
#pragma once

#include "kiosk/desk/home.h"
#include "kiosk/desk/printing.h"
#include "kiosk/desk/record_view.h"
#include "pdf/render/document.h"

#include <string>
#include <vector>

namespace wq::desk {

class Paper;

// A student who is logged in. Holds nothing that outlives the session.
struct StudentSession {
    std::string exam_number;
    std::string masked_name;  // for the header
    bool confirmed = false;   // base data, R12
};

// What a student confirms (R12).
struct BaseData {
    std::int64_t revision = 0;
    std::vector<NamedValue> values;
};

// One of 我的签约 (R13).
struct HomeItem {
    Uuid id;
    bool is_draft = false;
    std::string title;   // employer, or "未填写单位"
    std::string status;  // in the student's language
    Tone tone = Tone::plain;
    std::string line;  // kind or initiator · number · time
    std::vector<Stage> stages;
    std::string next_step;              // what the student should do; empty: nothing
    std::string comment_lead, comment;  // whose words, and they
    // "open", "edit", "print", "return", "discard", "answer" (an invitation, a request to terminate), main
    // one first.
    std::vector<std::string> actions;
};

class StudentDesk {
  public:
    StudentDesk(Home& home, Paper& paper) : home_(&home), paper_(&paper) {}

    Result<StudentSession> log_in(std::string_view login, std::string_view password);

    // The 15 fields of R12, in the guide's order; the resident id masked.
    Result<BaseData> base_data(const StudentSession& session, const Speech& speech);
    // `seen` is the revision that was looked at. Refusals: Graduates::confirm's.
    Result<void> confirm(StudentSession& session, std::optional<std::int64_t> seen = {});

    std::vector<HomeItem> items(const StudentSession& session, const Speech& speech);
    // The cohort's dates (R11) in words: advised, or passed; nothing for a student who is done.
    struct DeadlineNote {
        Tone tone = Tone::info;
        std::string text;
    };
    std::optional<DeadlineNote> deadline(const StudentSession& session, const Speech& speech);
    // Why this student may not begin a registration of this kind now (R07, R09–R11, R18, R27); nothing when
    // allowed.
    std::optional<Refusal> hindrance(const StudentSession& session,
                                     domain::Kind kind = domain::Kind::offline);

    // A new draft, or the one kept for this record (sent back, or begun earlier); the record as it is where
    // it was sent back again since. Refusals: `record_unknown`, `out_of_scope`, `submitted_is_locked`.
    store::Draft new_draft(const StudentSession& session, domain::Kind kind = domain::Kind::offline);
    Result<store::Draft> edit(const StudentSession& session, const Uuid& id);
    // Kept as it is typed (R51); what is kept need not be right.
    void keep(const StudentSession& session, const store::Draft& draft);
    void discard(const StudentSession& session, const Uuid& draft);

    // The value as it will be kept, and what is wrong with it now (nothing: right).
    std::vector<domain::Problem> check(domain::Kind kind, const domain::Form& form) const;
    // Entries of the directory; `warning` says in words what the employer is warned of, if it is.
    std::vector<domain::Form> search_employers(std::string_view text, const Speech& speech) const;

    // What the student is told of this employer (R33), or nothing.
    std::string warning_of_employer(std::string_view credit_code, const Speech& speech) const {
        return warning_of(*home_, credit_code, speech).value_or("");
    }

    // Refusals: domain::apply's; `changed_meanwhile` where the record is no longer what the draft was begun
    // on. The draft goes only when the record is there.
    Result<domain::Registration> submit(const StudentSession& session, const store::Draft& draft);

    // Everything else that a student does to a record: answer an invitation, discard, delete a destination,
    // ask for a termination (`form`: domain::termination_fields()), agree, disagree, revoke. `seen` is the
    // revision that was looked at. Refusals: domain::apply's.
    Result<domain::Registration> act(const StudentSession& session, const Uuid& id, domain::Action action,
                                     std::string_view reason = {},
                                     std::vector<domain::Attachment> attachments = {},
                                     std::optional<std::int64_t> seen = {}, const domain::Form& form = {});

    // What this student may do to it now, by the lifecycle's tables.
    std::vector<domain::Action> actions(const domain::Registration& record) const;
    // A picture or PDF for a draft or an act, kept before it is named. Refusals: attach_file's.
    Result<domain::Attachment> attach(std::string kind, ByteView file);

    Result<RecordView> record(const StudentSession& session, const Uuid& id, const Speech& speech);

    // A copy to be printed (R37, printing.h). Refusals: `record_unknown`, `out_of_scope`, `paper_missing`.
    Result<PrintOrder> begin_print(const StudentSession& session, const Uuid& id);
    // All steps at once, with what was left open before; the copy's number. Refusals also: the printer's.
    Result<int> print(const StudentSession& session, const Uuid& id, const devices::PrintWatch& watch = {});
    Result<Bytes> pdf(const StudentSession& session, const Uuid& id);

    // The other papers (R36): a form with what the draft has so far, the application to end an agreement, the
    // receipt. Refusals: Paper::document's, `record_unknown`, `out_of_scope`.
    Result<Bytes> form_pdf(const StudentSession& session, render::Document document,
                           const store::Draft& draft);
    Result<Bytes> application_pdf(const StudentSession& session, const Uuid& id, const domain::Form& form,
                                  std::string_view reason);
    Result<Bytes> receipt_pdf(const StudentSession& session, const Uuid& id);
    // What to mend of a return that was sent back. Refusals: return_slip's, `record_unknown`, `out_of_scope`.
    Result<Bytes> slip_pdf(const StudentSession& session, const Uuid& id);

  private:
    Result<domain::Registration> own(const StudentSession& session, const Uuid& id);

    Home* home_;
    Paper* paper_;
};

}  // namespace wq::desk
