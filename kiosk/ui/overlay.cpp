#include "kiosk/ui/overlay.h"

#include "kiosk/ui/text.h"

namespace wq::ui {
namespace {

Colour strong(Tone tone) {
    switch (tone) {
        case Tone::blue:
            return Colour::brand;
        case Tone::amber:
            return Colour::warning;
        case Tone::red:
            return Colour::danger;
        case Tone::green:
            return Colour::success;
    }
    return Colour::brand;
}

class BigIcon : public Control {
  public:
    BigIcon(wxWindow* parent, Icon icon, Colour colour)
        : Control(parent, "", false), icon_(icon), colour_(colour) {}
    int natural_width() const override { return font_px(Type::title) * 7 / 4; }
    int height_for(int) const override { return natural_width(); }
    Description description() const override { return {"icon", ""}; }

  protected:
    void draw(Painter& painter, const wxRect& seen) override {
        painter.icon(icon_, {seen.x, seen.y, seen.height, seen.height}, colour_);
    }

  private:
    Icon icon_;
    Colour colour_;
};

}  // namespace

QuestionPanel::QuestionPanel(wxWindow* parent, Question question, wxBitmap behind,
                             std::function<void()> answered)
    : Panel(parent, Colour::surface),
      question_(std::move(question)),
      behind_(std::move(behind)),
      answered_(std::move(answered)),
      content_(column(this, metric(Metric::gap), Colour::surface)) {
    content_->add(new BigIcon(content_, question_.icon, strong(question_.tone)), {0, 0, true});
    content_->add(new Label(content_, Type::title, Colour::ink, question_.title, Align::centre));
    text_ = content_->add(new Label(content_, Type::body, Colour::muted, question_.text, Align::centre));
    content_->add_space(metric(Metric::gap_small));
    Stack* answers = content_->add(row(content_, metric(Metric::gap), Colour::surface));
    for (std::size_t i = 0; i < question_.answers.size(); ++i) {
        const FooterButton& spec = question_.answers[i];
        auto* button = new Button(answers, spec.name, spec.label, spec.kind, [this, i] { answer(i); });
        answers->add(button, {1});
        if (i + 1 == question_.answers.size()) button->SetFocus();
    }
}

void QuestionPanel::escape() {
    if (!question_.answers.empty()) answer(0);
}

void QuestionPanel::answer(std::size_t index) {
    const auto press = question_.answers[index].press;
    answered_();
    if (press) press();
}

void QuestionPanel::do_arrange(wxSize size) {
    const int room = density() == Density::touch ? px(900) : 480;
    const int width = std::min(size.x - 2 * metric(Metric::margin), room) - 2 * metric(Metric::card_padding);
    const int height = content_->height_for(width);
    place(*content_, {(size.x - width) / 2, (size.y - height) / 2, width, height});
}

void QuestionPanel::paint() {
    Painter painter(*this, colour(Colour::nav));
    painter.picture(behind_, wxRect(behind_.GetSize()));
    const wxColour nav = colour(Colour::nav);
    painter.context().SetBrush(wxBrush(wxColour(nav.Red(), nav.Green(), nav.Blue(), 190)));
    painter.context().DrawRectangle(0, 0, GetClientSize().x, GetClientSize().y);
    const wxRect card = content_->GetRect().Inflate(metric(Metric::card_padding) * 5 / 4);
    painter.rounded(card, {Colour::surface, Colour::surface, 0, metric(Metric::card_radius)});
}

Toast::Toast(wxWindow* parent, Tone tone, std::string text)
    : Panel(parent, strong(tone)), tone_(tone), text_(std::move(text)) {
    SetName("toast");
}

namespace {

int toast_margin() { return density() == Density::desk ? px(14) : metric(Metric::margin); }

}  // namespace

int Toast::room(int width) const { return width - 2 * toast_margin() - 2 * font_px(Type::note); }

int Toast::height_for(int width) const {
    return paragraph_height(Type::note, text_, room(width)) + metric(Metric::gap) * 2;
}

void Toast::paint() {
    Painter painter(*this, colour(ground()));
    const int mark = font_px(Type::note) * 5 / 4, line = line_height(Type::note), margin = toast_margin();
    const wxRect text(margin + 2 * font_px(Type::note), metric(Metric::gap), room(GetClientSize().x), line);
    const Icon icon = tone_ == Tone::green ? Icon::check : tone_ == Tone::blue ? Icon::info : Icon::warning;
    painter.icon(icon, {margin, text.y + (line - mark) / 2, mark, mark}, Colour::on_brand);
    painter.paragraph(text_, text, Type::note, Colour::on_brand);
}

}  // namespace wq::ui
