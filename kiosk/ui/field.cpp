#include "kiosk/ui/field.h"

#include "data/base/utf8.h"
#include "kiosk/ui/control.h"
#include "kiosk/ui/text.h"

#include <wx/textctrl.h>

namespace wq::ui {
namespace {

constexpr int kLines = 5;

// The word at the right end of the box.
class Word : public Control {
  public:
    Word(wxWindow* parent, const std::string& name, std::string label, std::function<void()> press)
        : Control(parent, name, true), label_(std::move(label)), press_(std::move(press)) {}
    bool AcceptsFocus() const override { return false; }  // Enter in the entry does the same
    int overhang() const override { return 0; }
    int natural_width() const override { return text_width(Type::field, label_) + 2 * padding(); }
    int height_for(int) const override { return metric(Metric::field) - 4 * metric(Metric::border_strong); }
    Description description() const override { return {"button", label_}; }

  protected:
    void draw(Painter& painter, const wxRect& seen) override {
        painter.fill(seen, is_down() ? Colour::pressed : Colour::surface);
        painter.text(label_, seen, Type::field, Colour::brand_ink, Align::centre);
    }
    void pressed(wxPoint) override {
        if (press_) press_();
    }

  private:
    static int padding() { return font_px(Type::field) / 2; }
    std::string label_;
    std::function<void()> press_;
};

int inset() { return density() == Density::touch ? px(30) : px(12); }

}  // namespace

Field::Field(wxWindow* parent, FieldSpec spec)
    : FormField(parent, spec.name, spec.label, spec.required), spec_(std::move(spec)) {
    make_entry();
    bind_entry();
    if (!spec_.action.empty())
        word_ = new Word(this, spec_.name + ".action", spec_.action, [this] {
            if (action_) action_();
        });
}

void Field::make_entry() {
    long style = wxBORDER_NONE;
    if (spec_.kind == FieldSpec::Kind::lines)
        style |= wxTE_MULTILINE;
    else
        style |= wxTE_PROCESS_ENTER;
    if (spec_.kind == FieldSpec::Kind::password) style |= wxTE_PASSWORD;
    if (spec_.read_only) style |= wxTE_READONLY;
    entry_ = new wxTextCtrl(this, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize, style);
    entry_->SetName(to_wx(spec_.name + ".entry"));
    entry_->SetFont(font(Type::field));
    entry_->SetForegroundColour(colour(Colour::ink));
    entry_->SetBackgroundColour(colour(Colour::surface));
    if (!is_lines()) entry_->SetHint(to_wx(spec_.placeholder));
}

void Field::bind_entry() {
    entry_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) {
        if (spec_.upper_case) make_upper();
        Refresh();  // the counter
        changed();
    });
    if (!is_lines())
        entry_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) {
            if (action_)
                action_();
            else
                entry_->Navigate();
        });
    const auto repaint = [this](wxFocusEvent& event) {
        Refresh();
        event.Skip();
    };
    entry_->Bind(wxEVT_SET_FOCUS, repaint);
    entry_->Bind(wxEVT_KILL_FOCUS, repaint);
    // A touch beside the text, still inside the box, means the text.
    Bind(wxEVT_LEFT_UP, [this](wxMouseEvent& event) {
        if (box().Contains(event.GetPosition())) focus();
    });
}

// The toolkit's own way of forcing capitals loses the caret.
void Field::make_upper() {
    const wxString typed = entry_->GetValue(), upper = typed.Upper();
    if (typed == upper) return;
    const long caret = entry_->GetInsertionPoint();
    entry_->ChangeValue(upper);
    entry_->SetInsertionPoint(caret);
}

std::string Field::value() const { return from_wx(entry_->GetValue()); }

void Field::set_value(std::string_view value) {
    entry_->ChangeValue(to_wx(value));
    Refresh();
}

void Field::focus() {
    entry_->SetFocus();
    entry_->SetInsertionPointEnd();
}

Description Field::description() const {
    const bool secret = spec_.kind == FieldSpec::Kind::password;
    return {"field", label().empty() ? spec_.placeholder : label(), secret ? "" : value(), secret};
}

void Field::type(std::string_view text) { entry_->WriteText(to_wx(text)); }

void Field::erase() {
    long from = 0, to = 0;
    entry_->GetSelection(&from, &to);
    if (from == to) from = std::max(0L, to - 1);
    if (from < to) entry_->Remove(from, to);
}

Field* Field::focused() {
    wxWindow* window = wxWindow::FindFocus();
    return window ? dynamic_cast<Field*>(window->GetParent()) : nullptr;
}

int Field::box_height(int) const {
    return is_lines() ? kLines * line_height(Type::field) + 2 * metric(Metric::gap_small)
                      : std::max(metric(Metric::field), font_px(Type::field) * 2);
}

void Field::arrange_box(const wxRect& box) {
    int right = box.GetRight() - inset();
    if (word_) {
        const auto* word = dynamic_cast<Laid*>(word_);
        const int width = word->natural_width(), height = word->height_for(width);
        const int left = box.GetRight() - metric(Metric::radius) / 2 - width;
        word_->SetSize(left, box.y + (box.height - height) / 2, width, height);
        right = left;
    }
    const int text = std::min(box.height - 2 * metric(Metric::border_strong), entry_->GetBestSize().y);
    const int height = is_lines() ? box.height - 2 * metric(Metric::gap_small) : text;
    entry_->SetSize(box.x + inset(), box.y + (box.height - height) / 2, std::max(0, right - box.x - inset()),
                    height);
}

void Field::draw_box(Painter& painter, const wxRect& box) {
    const bool focused = entry_->HasFocus();
    const int radius = metric(Metric::radius), border = metric(Metric::border_strong);
    if (focused) painter.ring(box, radius, Colour::soft_blue, overhang());
    const Colour outline = !error().empty() ? Colour::danger : focused ? Colour::brand_ink : Colour::line;
    painter.rounded(box, {Colour::surface, outline, border, radius});
}

std::string Field::note() const {
    if (!is_lines() || spec_.limit == 0) return {};
    return std::to_string(count_code_points(value())) + "/" + std::to_string(spec_.limit);
}

}  // namespace wq::ui
