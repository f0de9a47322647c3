#include "kiosk/ui/picker.h"

#include "kiosk/ui/field.h"
#include "kiosk/ui/shell.h"
#include "kiosk/ui/shown.h"
#include "kiosk/ui/words.h"

#include <algorithm>

namespace wq::ui {
namespace {

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

bool matches(const Option& option, const std::string& text) {
    return option.label.find(text) != std::string::npos || option.code.starts_with(text) ||
           option.keys.find(lower(text)) != std::string::npos;
}

}  // namespace

Picker::Picker(Shell& shell, std::string title, Choices choices, std::string chosen,
               std::function<void(const std::string&)> done)
    : Screen(shell, "picker", Body::whole),
      title_(std::move(title)),
      choices_(std::move(choices)),
      chosen_(std::move(chosen)),
      done_(std::move(done)) {}

void Picker::build(Stack& body) {
    body.add(new Label(&body, Type::title, Colour::ink, title_));
    crumbs_ = body.add(new Label(&body, Type::note, Colour::muted, ""));
    search_ = body.add(new Field(&body, {"picker.search", "", false, words().search}));
    search_->on_change([this] { show_options(); });
    list_ = body.add(
        new OptionList(&body, "picker.options", [this](const Option& option) { choose(option); }), {1});
    list_->set_empty_text(words().nothing_found);
    show_options();
}

std::vector<FooterButton> Picker::footer() {
    return {{"picker.back", words().back, ButtonKind::quiet, [this] { up(); }, true, Icon::back},
            {"picker.page_up", words().page_up, ButtonKind::secondary, [this] { list_->page(-1); }, true,
             Icon::up},
            {"picker.page_down", words().page_down, ButtonKind::secondary, [this] { list_->page(1); }, true,
             Icon::down}};
}

void Picker::show_options() {
    const std::string text = search_->value();
    std::vector<Option> options;
    if (!text.empty() && choices_.search) {
        options = choices_.search(text);
    } else {
        options = choices_.level(path_);
        std::erase_if(options, [&](const Option& option) { return !text.empty() && !matches(option, text); });
    }
    std::string crumbs;
    for (const std::string& label : labels_) crumbs += (crumbs.empty() ? "" : " › ") + label;
    crumbs_->Show(!crumbs.empty());
    crumbs_->set_text(crumbs);
    list_->set_options(std::move(options), chosen_);
    lay_out_again(*this);
}

void Picker::choose(const Option& option) {
    if (option.opens) {
        path_.push_back(option.code);
        labels_.push_back(option.label);
        search_->set_value("");
        return show_options();
    }
    done_(option.code);
    shell().back();
}

void Picker::up() {
    if (path_.empty()) return shell().back();
    path_.pop_back();
    labels_.pop_back();
    search_->set_value("");
    show_options();
}

}  // namespace wq::ui
