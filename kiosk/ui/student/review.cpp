#include "kiosk/ui/student/review.h"

#include "kiosk/ui/card.h"
#include "kiosk/ui/student/home.h"
#include "kiosk/ui/student/printing.h"
#include "kiosk/ui/student/record.h"

namespace wq::ui::student {
namespace {

// Read-only on the form: whose agreement it is.
constexpr std::string_view kStudentKeys[] = {"exam_number",      "name",         "sex",   "birth_date",
                                             "resident_id",      "school_name",  "level", "major",
                                             "graduation_month", "training_mode"};

}  // namespace

void ReviewStep::build(Stack& body) {
    build_head(body);
    if (!hand().warning.empty())
        body.add(new NoteBox(&body, Tone::red, say("student.form.warned_note"),
                             say("student.form.warned_text", {{"reason", hand().warning}})));
    const std::vector<FormPage> pages = hand().pages();
    for (int part = 1; part < step(); ++part)
        build_part(body, pages[static_cast<std::size_t>(part) - 1], part);
    build_student(body);
    if (hand().kind() != domain::Kind::destination)
        body.add(
            new NoteBox(&body, Tone::amber, say("student.form.notice"), say("student.form.notice_text")));
}

void ReviewStep::build_part(Stack& body, const FormPage& part, int step) {
    const std::string number = std::to_string(step);
    Card* card = body.add(new Card(&body, px(8)));
    const int padding = metric(Metric::card_padding);
    card->set_padding(padding, px(20), padding, px(12));
    Stack* head = card->add(row(card, px(20), Colour::surface));
    head->add(
        new Label(head, Type::section, Colour::ink, say("student.form.title." + std::string(part.name))),
        {1, 0, true});
    head->add(new Button(head, "form.edit." + number, say("student.form.edit"), ButtonKind::secondary,
                         [&window = shell(), number] { window.back_to("form_" + number); }),
              {0, px(180)});
    card->add(new KeyValueList(card, "form.part." + number, rows_of(part)));
}

std::vector<KeyValueList::Row> ReviewStep::rows_of(const FormPage& part) const {
    std::vector<KeyValueList::Row> rows;
    for (const domain::Field& field : fields_on(part, hand().kind(), hand().draft().form)) {
        const std::string value = desk::shown_value(field, hand().value(field.key), app().codes(), speech());
        if (value.empty() && field.key == "credit_code_note") continue;
        rows.push_back({speech().name(field), value.empty() ? say("student.form.none") : value,
                        value.empty() ? Colour::faint : Colour::ink});
    }
    if (part.body != FormPage::Body::materials) return rows;
    std::vector<std::pair<std::string, int>> counts;  // in the order in which they were taken
    for (const domain::Attachment& attachment : hand().draft().attachments) {
        const auto at = std::ranges::find(counts, attachment.kind, &std::pair<std::string, int>::first);
        if (at == counts.end())
            counts.emplace_back(attachment.kind, 1);
        else
            ++at->second;
    }
    for (const auto& [kind, count] : counts)
        rows.push_back(
            {speech().material(kind), say("student.material.there", {{"count", std::to_string(count)}})});
    return rows;
}

void ReviewStep::build_student(Stack& body) {
    if (student_.empty()) return;
    Card* card = body.add(new Card(&body, px(8)));
    const int padding = metric(Metric::card_padding);
    card->set_padding(padding, px(24), padding, px(12));
    card->add(new Label(card, Type::section, Colour::ink, say("student.form.student")));
    std::vector<KeyValueList::Row> rows;
    for (const desk::NamedValue& value : student_)
        if (std::ranges::find(kStudentKeys, value.key) != std::end(kStudentKeys))
            rows.push_back({value.label, value.value});
    card->add(new KeyValueList(card, "form.student", std::move(rows)));
}

void ReviewStep::refresh() {
    hand().set_step(step());
    app().work(
        *this,
        [session = hand().session(), speech = speech()](Rooms& rooms) {
            return rooms.student.base_data(session, speech);
        },
        [this](Result<desk::BaseData> data) {
            if (data) student_ = std::move(data->values);
            rebuild();
        });
}

std::vector<FooterButton> ReviewStep::footer() {
    return footer_with(
        {"form.submit", say("student.form.submit"), ButtonKind::primary, [this] { submit(); }});
}

void ReviewStep::submit() {
    struct Outcome {
        Result<domain::Registration> record;
        std::vector<domain::Problem> problems;
    };
    hand().flush();
    app().act(
        *this,
        [session = hand().session(), draft = hand().draft()](Rooms& rooms) {
            Outcome outcome{rooms.student.submit(session, draft), {}};
            if (!outcome.record) outcome.problems = rooms.student.check(draft.kind, draft.form);
            return outcome;
        },
        [this](Outcome outcome) {
            if (!outcome.record) return refused(outcome.record.error(), std::move(outcome.problems));
            hand().is_submitted();
            Kiosk& visit = kiosk();
            Shell& window = shell();
            window.restart<HomeScreen>(visit);
            window.open<DoneScreen>(visit, *outcome.record);
        });
}

void ReviewStep::refused(const Refusal& why, std::vector<domain::Problem> problems) {
    shell().say(Tone::red, speech()(why));
    if (problems.empty()) return;
    const std::string field = problems.front().field;
    hand().problems = std::move(problems);
    const std::vector<FormPage> pages = hand().pages();
    for (std::size_t i = 0; i < pages.size(); ++i)
        if (domain::find_field(fields_on(pages[i], hand().kind(), hand().draft().form), field))
            return shell().back_to("form_" + std::to_string(i + 1));
}

DoneScreen::DoneScreen(Shell& shell, Kiosk& kiosk, const domain::Registration& record)
    : StudentScreen(shell, kiosk, "done", Body::scrolling), record_(record.id), kind_(record.kind) {}

void DoneScreen::build(Stack& body) {
    body.add_space(px(40));
    body.add(new Label(&body, Type::display, Colour::success, "✔ " + say("student.done.title")));
    const bool department = kiosk().facts().department_review;
    body.add(new NoteBox(&body, Tone::blue, say("student.done.next"),
                         say(department ? "student.done.department" : "student.done.school")));
    Card* card = body.add(new Card(&body));
    std::vector<CheckList::Line> lines{{Icon::check, Colour::success, say("student.done.line_1")}};
    if (kind_ == domain::Kind::offline)
        for (int line = 2; line <= 4; ++line)
            lines.push_back(
                {Icon::forward, Colour::brand_ink, say("student.done.line_" + std::to_string(line))});
    else
        lines.push_back(
            {Icon::forward, Colour::brand_ink, say("student.done." + std::string(domain::name_of(kind_)))});
    card->add(new CheckList(card, "done.steps", std::move(lines)));
}

std::vector<FooterButton> DoneScreen::footer() {
    return {
        {"done.receipt", say("student.done.receipt"), ButtonKind::secondary,
         [this] {
             print_paper(kiosk(), *this, "student.printed.receipt_text",
                         [session = kiosk().session(), id = record_](Rooms& rooms) {
                             return rooms.student.receipt_pdf(session, id);
                         });
         }},
        {"done.record", say("student.done.record"), ButtonKind::secondary,
         [this] { shell().open<RecordScreen>(kiosk(), record_); }},
        {"done.home", say("student.done.home"), ButtonKind::primary, [this] { shell().back_to("home"); }}};
}

}  // namespace wq::ui::student
