// Old documents are made again byte by byte (R53): tests/golden holds what was issued, and the digest of what
// was printed then.
#define BOOST_TEST_DYN_LINK
#include "data/base/utf8.h"
#include "data/crypto/hash.h"
#include "data/os/files.h"
#include "tests/acceptance/campus.h"

#include <boost/test/unit_test.hpp>

#include <cstdlib>

using namespace wq;
using acceptance::DemoCampus;
namespace fs = std::filesystem;

namespace {

const fs::path kGolden = WQ_GOLDEN_FOLDER;

// A document as a golden file has it, printed.
Result<Bytes> printed(desk::Paper& desk, const cbor::Value& golden) {
    if (golden.has("paper")) return desk.pdf(domain::paper_from_cbor(golden["paper"]));
    return desk.document(*render::document_named(golden["kind"].as_text()),
                         domain::form_from_cbor(golden["values"]));
}

struct Line {
    std::string name, version, digest;
};
std::vector<Line> lines() {
    std::vector<Line> lines;
    const std::string text = *os::read_text(kGolden / "papers.tsv");
    for (const std::string_view line : split(text, '\n')) {
        const auto columns = split(line, '\t');
        if (columns.size() == 3 && columns[0] != "file")
            lines.push_back({std::string(columns[0]), std::string(columns[1]), std::string(columns[2])});
    }
    return lines;
}

cbor::Value read(const std::string& name) {
    return *cbor::decode(*os::read_file(kGolden / (name + ".cbor")));
}

// Every value a little long, so that rows grow and lines break.
domain::Form some_values(render::Document document) {
    domain::Form values{{"template", std::string(render::template_of(document))}, {"sample", "yes"}};
    for (const std::string_view key : render::keys_of(document))
        values.emplace(std::string(key), "奚𬱖的“" + std::string(key) + "”，示例 2026-06-30");
    return values;
}

// A long agreement with rare characters and an annex.
domain::Form long_form() {
    domain::Form form = DemoCampus::good_form();
    std::string terms;
    for (int i = 1; i <= 30; ++i)
        terms += "第" + std::to_string(i) + "条 甲方承诺为𠮷𪚥提供岗前培训；（试用期内）不得收取费用。";
    form["supplement"] = terms;
    return form;
}

cbor::Value issued(const domain::Form& form, std::string_view parties) {
    DemoCampus campus(domain::Form{{"parties", std::string(parties)}});
    const auto session = campus.first_student();
    const auto submitted = campus.students->submit(session, campus.draft_of(session, form));
    BOOST_REQUIRE(submitted);
    BOOST_REQUIRE(campus.staff->act(campus.school(), submitted->id, domain::Action::pass,
                                    desk::StaffDesk::Doing{{}, submitted->revision}));
    cbor::Value golden;
    return golden.set("paper", domain::to_cbor(*campus.record(submitted->id).paper));
}

void write(const fs::path& folder, const std::string& name, const cbor::Value& golden, std::string& lines) {
    DemoCampus campus;
    const std::string version =
        golden.has("paper") ? golden["paper"]["template"].as_text() : golden["values"]["template"].as_text();
    lines += name + "\t" + version + "\t" + to_hex(crypto::sm3(*printed(*campus.paper, golden))) + "\n";
    BOOST_REQUIRE(os::write_file(folder / (name + ".cbor"), cbor::encode(golden)));
}

}  // namespace

BOOST_AUTO_TEST_CASE(R53_old_documents_are_made_again_byte_by_byte) {
    DemoCampus campus(domain::Form{{"office_phone", "028-99999999"}, {"parties", "2"}});
    campus.clock.advance(3000 * kDay);
    BOOST_TEST(lines().size() == 10);
    for (const Line& line : lines()) {
        const auto pdf = printed(*campus.paper, read(line.name));
        BOOST_REQUIRE_MESSAGE(pdf, line.name);
        BOOST_TEST(to_hex(crypto::sm3(*pdf)) == line.digest, line.name);
        BOOST_TEST(text_of(*pdf).find("D:20") == std::string_view::npos, line.name);  // a date in it
    }
}

BOOST_AUTO_TEST_CASE(R53_every_document_keeps_its_template_and_no_other_is_taken_for_it) {
    DemoCampus campus;
    const auto session = campus.first_student();
    domain::Paper paper = *campus.record(campus.approved(session)).paper;
    BOOST_TEST(paper.template_version == "JY-2026-1");
    paper.content["template"] = "JY-1999-1";
    BOOST_TEST(campus.paper->pdf(paper).error().code == "template_unknown");
    domain::Form values = some_values(render::Document::labour_form);
    values["template"] = "LD-1999-1";
    BOOST_TEST(campus.paper->document(render::Document::labour_form, values).error().code ==
               "template_unknown");
}

// No test: writes the files of tests/golden anew, into the folder that WQ_GOLDEN names.
BOOST_AUTO_TEST_CASE(golden_papers_are_written, *boost::unit_test::disabled()) {
    const fs::path folder = std::getenv("WQ_GOLDEN");
    std::string lines = "file\ttemplate\tsm3\n";
    write(folder, "agreement-two-party", issued(DemoCampus::good_form(), "2"), lines);
    write(folder, "agreement-three-party", issued(DemoCampus::good_form(), "3"), lines);
    write(folder, "agreement-annex", issued(long_form(), "3"), lines);
    for (const char* name : {"labour_form", "freelance_form", "abroad_form", "authorization_letter",
                             "termination_application", "receipt", "return_slip"}) {
        cbor::Value golden;
        golden.set("kind", name).set("values", domain::to_cbor(some_values(*render::document_named(name))));
        write(folder, name, golden, lines);
    }
    BOOST_REQUIRE(os::write_file(folder / "papers.tsv", bytes_of(lines)));
}
