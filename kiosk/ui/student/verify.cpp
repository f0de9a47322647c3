#include "kiosk/ui/student/verify.h"

#include "data/base/utf8.h"
#include "kiosk/ui/card.h"
#include "kiosk/ui/field.h"
#include "kiosk/ui/record_parts.h"

namespace wq::ui::student {
namespace {

// Nothing of it is kept, and the next visitor must not get it.
Result<desk::Verification> verify_scanned(Rooms& rooms, Sheets& sheets, const desk::Speech& speech) {
    for (const devices::SourceFile& file : sheets.files()) sheets.settle(file, true);
    if (sheets.files().empty()) return refuse("scanner_empty");
    return sheets.files().front().bytes().and_then(
        [&](const Bytes& file) { return desk::verify_picture(rooms.home, file, speech); });
}

std::string issuer_of(const desk::Verification& verification) {
    for (const desk::NamedValue& value : verification.says)
        if (value.key == "issuer") return value.value;
    return {};
}

}  // namespace

VerifyScreen::VerifyScreen(Shell& shell, Kiosk& kiosk)
    : StudentScreen(shell, kiosk, "verify", Body::scrolling) {}

void VerifyScreen::build(Stack& body) {
    code_ = nullptr;
    body.add(new Label(&body, Type::title, Colour::ink, say("student.verify.title")));
    if (answer_ && *answer_)
        build_answer(body, **answer_);
    else
        build_question(body);
}

void VerifyScreen::build_question(Stack& body) {
    if (answer_)
        body.add(new NoteBox(&body, Tone::red, say("student.verify.invalid"), speech()(answer_->error())));
    code_ = body.add(new Field(
        &body, {"verify.code", say("student.verify.code"), false, say("student.verify.code_hint")}));
    code_->on_action([this] { verify(code_->value()); });
    body.add(new Label(&body, Type::note, Colour::muted, say("student.verify.note")));
    body.add(new Button(&body, "verify.scan", say("student.verify.scan"), ButtonKind::secondary,
                        [this] { verify(std::nullopt); }));
}

void VerifyScreen::build_answer(Stack& body, const desk::Verification& verification) {
    body.add(new NoteBox(&body, Tone::green, say("student.verify.valid"),
                         say("student.verify.valid_text", {{"school", issuer_of(verification)}})));
    Card* card = body.add(new Card(&body, px(8)));
    const int padding = metric(Metric::card_padding);
    card->set_padding(padding, px(20), padding, px(20));
    std::vector<KeyValueList::Row> rows;
    for (const desk::NamedValue& value : verification.says) rows.push_back({value.label, value.value});
    card->add(new KeyValueList(card, "verify.says", std::move(rows)));
    if (!verification.status.empty()) {
        Stack* status = card->add(row(card, px(20), Colour::surface));
        status->add(new Label(status, Type::body, Colour::muted, say("student.verify.status")), {0, 0, true});
        status->add(new Badge(status, shown_tone(verification.tone), verification.status), {0, 0, true});
        status->add_stretch();
    }
    card->add(new Label(card, Type::small, Colour::muted, verification.as_of));
    body.add(
        new NoteBox(&body, Tone::amber, say("student.verify.compare"), say("student.verify.compare_text")));
}

std::vector<FooterButton> VerifyScreen::footer() {
    FooterButton out{"verify.back", say("ui.back"), ButtonKind::quiet, [this] { kiosk().start(); },
                     true,          Icon::back};
    if (answer_ && *answer_)
        return {out, {"verify.next", say("student.verify.next"), ButtonKind::primary, [this] { again(); }}};
    return {out, {"verify.check", say("student.verify.check"), ButtonKind::primary, [this] {
                      if (code_) verify(code_->value());
                  }}};
}

// A code reader types wherever the focus is.
void VerifyScreen::refresh() {
    if (code_) code_->focus();
}

void VerifyScreen::verify(std::optional<std::string> text) {
    if (text && trimmed(*text).empty()) return code_->focus();
    auto told = [this](Result<desk::Verification> result) {
        if (code_) code_->set_value("");
        answer_ = std::move(result);
        rebuild();
        shell().refresh_footer();
        refresh();
    };
    if (text)
        app().act(
            *this,
            [text = std::move(*text), speech = speech()](Rooms& rooms) {
                return desk::verify_text(rooms.home, trimmed(text), speech);
            },
            std::move(told));
    else
        app().act_on_sheets(
            life(), desk::Sheets::remove,
            [speech = speech()](Rooms& rooms, Sheets& sheets) {
                return verify_scanned(rooms, sheets, speech);
            },
            std::move(told));
}

void VerifyScreen::again() {
    answer_.reset();
    rebuild();
    shell().refresh_footer();
    refresh();
}

}  // namespace wq::ui::student
