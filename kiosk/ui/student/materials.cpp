#include "kiosk/ui/student/materials.h"

#include "data/domain/destinations.h"
#include "kiosk/ui/card.h"
#include "kiosk/ui/paper_picture.h"
#include "kiosk/ui/student/printing.h"

#include <algorithm>

namespace wq::ui::student {

void build_material(Kiosk& kiosk, Stack& body, const std::vector<std::string>& kinds,
                    const Attachments& attachments, const AttachmentsChanged& changed,
                    const std::optional<PrintButton>& print) {
    const auto count = [&](const std::string& kind) {
        return std::ranges::count(attachments, kind, &domain::Attachment::kind);
    };
    std::ptrdiff_t all = 0;
    for (const std::string& kind : kinds) all += count(kind);
    const App& app = kiosk.app();
    Card* card = body.add(new Card(&body, px(18)));
    Stack* head = card->add(row(card, px(20), Colour::surface));
    const std::string title =
        kinds.size() == 1 ? app.speech().material(kinds[0]) : app.say("student.material.one_of");
    head->add(new Label(head, Type::subheading, Colour::ink, title), {1, 0, true});
    head->add(new Badge(head, all > 0 ? Tone::green : Tone::amber,
                        all > 0 ? app.say("student.material.there", {{"count", std::to_string(all)}})
                                : app.say("student.material.missing")),
              {0, 0, true});
    for (const std::string& kind : kinds) {
        Stack* line = card->add(row(card, px(20), Colour::surface));
        const auto taken = count(kind);
        std::string label =
            kinds.size() == 1 ? app.say("student.material.scan") : app.speech().material(kind);
        if (taken > 0) label = "✔ " + label;
        if (kinds.size() == 1 && print)
            line->add(
                new Button(line, "material.print." + kind, print->label, ButtonKind::secondary, print->press),
                {0, px(420)});
        if (kinds.size() == 1) line->add_stretch();
        line->add(new Button(line, "material." + kind, std::move(label),
                             all == 0 ? ButtonKind::primary : ButtonKind::secondary,
                             [&kiosk, kind, attachments, changed] {
                                 kiosk.shell().open<CaptureScreen>(kiosk, kind, attachments, changed);
                             }),
                  {kinds.size() == 1 ? 0.0 : 1.0, kinds.size() == 1 ? px(420) : 0});
    }
}

void MaterialsStep::build(Stack& body) {
    build_head(body);
    body.add(new Label(&body, Type::note, Colour::muted, say("student.material.text")));
    for (const domain::MaterialNeed& need : domain::needs_of(hand().kind(), hand().draft().form))
        build_material(
            kiosk(), body, {need.kinds.begin(), need.kinds.end()}, hand().draft().attachments,
            [hand = shared_hand()](Attachments now) { hand->set_attachments(std::move(now)); },
            print_button(need.kinds[0]));
}

std::optional<PrintButton> MaterialsStep::print_button(std::string_view kind) {
    const domain::Material* material = domain::find_material(kind);
    const auto document = material ? render::document_named(material->form) : std::nullopt;
    if (!document) return std::nullopt;
    return PrintButton{say("student.material.print_form"), [this, document] {
                           print_paper(
                               kiosk(), *this, "student.printed.form_text",
                               [session = hand().session(), document, draft = hand().draft()](Rooms& rooms) {
                                   return rooms.student.form_pdf(session, *document, draft);
                               });
                       }};
}

void MaterialsStep::refresh() {
    hand().set_step(step());
    rebuild();
}

std::vector<FooterButton> MaterialsStep::footer() {
    return footer_with({"form.next", say("student.form.next"), ButtonKind::primary, [this] {
                            const auto missing = domain::missing_materials(hand().kind(), hand().draft().form,
                                                                           hand().draft().attachments);
                            if (missing.empty()) return open_next();
                            shell().say(Tone::red, say("student.material.faults",
                                                       {{"count", std::to_string(missing.size())}}));
                        }});
}

CaptureScreen::CaptureScreen(Shell& shell, Kiosk& kiosk, std::string kind, Attachments attachments,
                             AttachmentsChanged changed)
    : StudentScreen(shell, kiosk, "capture", Body::whole),
      kind_(std::move(kind)),
      attachments_(std::move(attachments)),
      changed_(std::move(changed)) {
    const auto count = of_kind().size();
    shown_ = count > 0 ? count - 1 : 0;
}

std::vector<const domain::Attachment*> CaptureScreen::of_kind() const {
    std::vector<const domain::Attachment*> found;
    for (const domain::Attachment& attachment : attachments_)
        if (attachment.kind == kind_) found.push_back(&attachment);
    return found;
}

void CaptureScreen::build(Stack& body) {
    const std::size_t count = of_kind().size();
    body.add(new Label(&body, Type::title, Colour::ink, speech().material(kind_)));
    body.add(new Label(&body, Type::note, Colour::muted,
                       say(count == 0 ? "student.capture.first" : "student.capture.more",
                           {{"count", std::to_string(count)}})));
    view_ = body.add(new PageView(&body, "capture.picture", PageView::Ground::dark), {1});
    view_->set_caption(count == 0 ? say("student.capture.nothing") : "");
    if (count > 0) {
        view_->set_picture(picture_);
        view_->set_frame(Colour::found);
    }
    if (!why_.empty()) body.add(new NoteBox(&body, Tone::red, say("student.capture.refused"), why_));
    if (count > 1) {
        Stack* line = body.add(row(&body, px(20), Colour::paper));
        for (std::size_t i = 0; i < count; ++i)
            line->add(new Button(line, "capture.show." + std::to_string(i), std::to_string(i + 1),
                                 i == shown_ ? ButtonKind::primary : ButtonKind::secondary,
                                 [this, i] {
                                     shown_ = i;
                                     refresh();
                                 }),
                      {0, px(120)});
        line->add_stretch();
    }
}

void CaptureScreen::refresh() {
    const auto all = of_kind();
    if (all.empty()) return rebuild();
    shown_ = std::min(shown_, all.size() - 1);
    app().work(
        *this,
        [hash = all[shown_]->picture](Rooms& rooms) {
            return shown_file(rooms.home.store().pictures().read(hash));
        },
        [this](Picture picture) {
            picture_ = std::move(picture);
            rebuild();
            shell().refresh_footer();
        });
}

std::vector<FooterButton> CaptureScreen::footer() {
    const bool any = !of_kind().empty();
    std::vector<FooterButton> buttons;
    if (any)
        buttons.push_back(
            {"capture.remove", say("student.capture.remove"), ButtonKind::quiet, [this] { remove(); }});
    else
        buttons.push_back(back_button());
    buttons.push_back({"capture.take", say(any ? "student.capture.again" : "student.capture.take"),
                       any ? ButtonKind::secondary : ButtonKind::primary, [this] { take_sheet(); }, true,
                       Icon::scan});
    if (any)
        buttons.push_back(
            {"capture.done", say("student.capture.done"), ButtonKind::primary, [this] { shell().back(); }});
    return buttons;
}

CaptureScreen::Taken CaptureScreen::take(Rooms& rooms, Sheets& sheets, const std::string& kind) {
    Taken taken{sheets.files().empty(), {}, {}};
    for (const devices::SourceFile& sheet : sheets.files()) {
        auto attached =
            sheet.bytes().and_then([&](const Bytes& file) { return rooms.student.attach(kind, file); });
        sheets.settle(sheet, attached.has_value());
        if (attached)
            taken.attachments.push_back(std::move(*attached));
        else
            taken.why = attached.error();
    }
    return taken;
}

void CaptureScreen::take_sheet() {
    view_->set_picture({});
    view_->set_caption(say("student.scan.working"));
    app().act_on_sheets(
        life(), desk::Sheets::remove,
        [kind = kind_](Rooms& rooms, Sheets& sheets) { return take(rooms, sheets, kind); },
        [this](Taken taken) {
            why_.clear();
            if (taken.nothing) shell().say(Tone::amber, say("student.scan.empty"));
            if (taken.why) why_ = speech()(*taken.why);
            for (domain::Attachment& attachment : taken.attachments)
                if (std::ranges::find(attachments_, attachment) == attachments_.end())
                    attachments_.push_back(std::move(attachment));
            shown_ = of_kind().empty() ? 0 : of_kind().size() - 1;
            told();
        });
}

void CaptureScreen::remove() {
    const auto all = of_kind();
    if (shown_ >= all.size()) return;
    attachments_.erase(attachments_.begin() + (all[shown_] - attachments_.data()));
    picture_ = {};
    told();
}

void CaptureScreen::told() {
    changed_(attachments_);
    refresh();
    shell().refresh_footer();
}

}  // namespace wq::ui::student
