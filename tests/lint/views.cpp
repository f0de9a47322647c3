#include "tests/lint/lint.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace wq::lint {
namespace {

bool in_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Walks over a source once and sorts each stretch into a view.
class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text) {
        views_.code.reserve(text.size());
        views_.comments.reserve(text.size());
    }

    Views read() {
        while (at_ < text_.size()) step();
        return std::move(views_);
    }

  private:
    enum class Kind { code, comment, literal };

    bool ahead(std::string_view word) const { return text_.substr(at_).starts_with(word); }
    std::size_t after(std::string_view end, std::size_t from) const {
        const std::size_t found = text_.find(end, from);
        return found == std::string_view::npos ? text_.size() : found + end.size();
    }

    void take(std::size_t end, Kind kind) {
        for (; at_ < end; ++at_) {
            const char c = text_[at_];
            views_.code += kind == Kind::code || c == '\n' ? c : ' ';
            views_.comments += kind == Kind::comment || c == '\n' ? c : ' ';
        }
    }

    std::size_t end_of_literal(char quote) const {
        std::size_t end = at_ + 1;
        while (end < text_.size() && text_[end] != quote && text_[end] != '\n')
            end += text_[end] == '\\' ? 2 : 1;
        return std::min(end + 1, text_.size());
    }

    std::size_t end_of_raw_literal() const {
        const std::size_t open = text_.find('(', at_);
        if (open == std::string_view::npos) return text_.size();
        return after(")" + std::string(text_.substr(at_ + 2, open - at_ - 2)) + "\"", open);
    }

    void step() {
        const bool starts_word = at_ == 0 || !in_word(text_[at_ - 1]);
        if (ahead("//"))
            take(std::min(text_.find('\n', at_), text_.size()), Kind::comment);
        else if (ahead("/*"))
            take(after("*/", at_ + 2), Kind::comment);
        else if (ahead("R\"") && starts_word)
            take(end_of_raw_literal(), Kind::literal);
        else if (ahead("\"") || (ahead("'") && starts_word))  // 1'000 is a number
            take(end_of_literal(text_[at_]), Kind::literal);
        else
            take(at_ + 1, Kind::code);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    Views views_;
};

}  // namespace

Views views_of(std::string_view text) { return Reader(text).read(); }

}  // namespace wq::lint
