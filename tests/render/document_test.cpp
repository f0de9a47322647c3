// The other documents: every value stands on them, however long; every reader takes them as they are.
#include "pdf/render/document.h"

#include "data/base/utf8.h"
#include "tests/render/paper.h"

#include <boost/test/unit_test.hpp>

using namespace wq;
using namespace wq::render;

namespace {

constexpr Document kAll[] = {
    Document::labour_form,          Document::freelance_form,          Document::abroad_form,
    Document::authorization_letter, Document::termination_application, Document::receipt,
    Document::return_slip};

// Every key of the document says which it is; `length` characters at least.
domain::Form values(Document document, std::size_t length = 0) {
    domain::Form form;
    for (std::string_view key : keys_of(document)) {
        std::string value(key);
        while (count_code_points(value) < length) value += "从业内容的说明，";
        form.emplace(std::string(key), value);
    }
    return form;
}

// All that is written on the pages, or only what is filled in: that is set in Kai.
std::string filled(const Sheets& sheets, bool values_only = false) {
    std::string all;
    for (const Drawing& page : sheets.pages)
        for (const Item& item : page.items)
            if (const Text* text = std::get_if<Text>(&item);
                text && (!values_only || text->style.face == Face::kai))
                all += text->text;
    return all;
}

Bytes printed_document(Document document, const domain::Form& form) {
    static const Press kPress(paper::fonts(), {});
    return *kPress.print(*lay_out(paper::fonts(), document, form));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(documents)

BOOST_AUTO_TEST_CASE(names_lead_to_documents_and_back) {
    for (Document document : kAll) BOOST_TEST((document_named(name_of(document)) == document));
    BOOST_TEST(!document_named("agreement").has_value());
}

BOOST_AUTO_TEST_CASE(every_value_stands_on_one_page) {
    for (Document document : kAll) {
        const auto sheets = lay_out(paper::fonts(), document, values(document));
        BOOST_TEST_REQUIRE(sheets.has_value());
        BOOST_TEST(sheets->pages.size() == 1u, name_of(document));
        for (std::string_view key : keys_of(document))
            BOOST_TEST((filled(*sheets).find(key) != std::string::npos), key);
    }
}

BOOST_AUTO_TEST_CASE(long_values_go_on_in_an_annex_and_nothing_is_lost) {
    for (Document document : {Document::labour_form, Document::freelance_form, Document::abroad_form,
                              Document::termination_application}) {
        const auto form = values(document, 300);
        const auto sheets = lay_out(paper::fonts(), document, form);
        BOOST_TEST_REQUIRE(sheets.has_value());
        BOOST_TEST(sheets->pages.size() > 1u);
        const std::string text = filled(*sheets, true);
        for (const auto& [key, value] : form) BOOST_TEST((text.find(value) != std::string::npos), key);
        BOOST_TEST((text.find("（以下空白）") != std::string::npos));
    }
}

BOOST_AUTO_TEST_CASE(empty_values_are_struck_out) {
    for (Document document : kAll) {
        const std::string text = filled(*lay_out(paper::fonts(), document, {}));
        BOOST_TEST((text.find("／") != std::string::npos), name_of(document));
    }
}

BOOST_AUTO_TEST_CASE(the_same_values_give_the_same_bytes_and_no_reader_complains) {
    paper::complaints().clear();
    for (Document document : kAll) {
        const Bytes pdf = printed_document(document, values(document));
        BOOST_TEST((pdf == printed_document(document, values(document))));
        BOOST_TEST(paper::darkest(pdf, 0, {20, 40, 150, 60}) < 100);
        BOOST_TEST(paper::pleases_readers(pdf), name_of(document));
    }
    BOOST_TEST(paper::complaints().empty());
}

BOOST_AUTO_TEST_CASE(what_cannot_be_printed_is_refused) {
    BOOST_TEST((lay_out(paper::fonts(), Document::receipt, {{"student_name", "王\U0001F9FF"}}).error() ==
                Refusal{"character_not_printable", {{"code_point", "U+1F9FF"}}}));
    BOOST_TEST((lay_out(paper::fonts(), Document::receipt, {{"template", "HZ-1999-1"}}).error() ==
                Refusal{"template_unknown", {{"version", "HZ-1999-1"}}}));
}

BOOST_AUTO_TEST_CASE(a_sample_says_so_on_every_page) {
    auto form = values(Document::freelance_form, 300);
    form.insert_or_assign("sample", "yes");
    const auto sheets = lay_out(paper::fonts(), Document::freelance_form, form);
    BOOST_TEST_REQUIRE(sheets.has_value());
    for (const Drawing& page : sheets->pages)
        BOOST_TEST((paper::described(page).find("样张：仅供演示和培训") != std::string::npos));
}

BOOST_AUTO_TEST_SUITE_END()
