#include "data/base/utf8.h"
#include "data/os/files.h"
#include "kiosk/cli/pdf_batch.h"
#include "kiosk/cli/program.h"
#include "kiosk/desk/documents.h"
#include "kiosk/desk/return_slip.h"
#include "kiosk/desk/verifying.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <ostream>

namespace wq::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDocuments =
    "agreement, labour_form, freelance_form, abroad_form, authorization_letter, termination_application, "
    "receipt, return_slip";

Result<void> write_pdf(Program& program, const Result<Bytes>& pdf, const fs::path& file) {
    if (!pdf) return tl::make_unexpected(pdf.error());
    if (auto written = os::write_file(file, *pdf); !written) return written;
    program.print(file.string(), {{"file", file.string()}, {"bytes", pdf->size()}});
    return {};
}

// The generator's documents have no record: the same values always make the same paper.
Result<Bytes> render_document(desk::Paper& paper, const std::string& document, domain::Form values) {
    if (const auto other = render::document_named(document)) return paper.document(*other, values);
    values.try_emplace("template", render::kAgreementTemplate);
    return paper.made_of(values);
}

Result<void> check_document(const std::string& document) {
    if (document == "agreement" || render::document_named(document)) return {};
    return refuse("document_unknown", {{"document", document}});
}

Result<void> write_filled(Program& program, const std::string& id, const std::string& document,
                          const fs::path& out) {
    const auto found = id_named(program, id);
    const auto record = found ? program.home().store().registrations().find(*found) : std::nullopt;
    if (!record) return refuse("record_unknown");
    const auto kind = render::document_named(document);
    if (!kind || *kind == render::Document::authorization_letter || *kind == render::Document::return_slip)
        return refuse("document_unknown", {{"document", document}});
    desk::Home& home = program.home();
    const domain::Termination request = record->termination.value_or(domain::Termination{});
    const domain::Form values =
        *kind == render::Document::receipt ? desk::receipt_values(home, *record)
        : *kind == render::Document::termination_application
            ? desk::application_values(home, *record, request.form, request.reason)
            : desk::form_values(home, record->exam_number, record->kind, record->form);
    return write_pdf(program, program.paper().document(*kind, values), out);
}

Result<void> write_slip(Program& program, const std::string& id, const fs::path& out) {
    const auto found = id_named(program, id);
    const auto record = found ? program.home().store().registrations().find(*found) : std::nullopt;
    if (!record) return refuse("record_unknown");
    return write_pdf(program, desk::return_slip(program.home(), program.paper(), *record), out);
}

struct BatchOptions {
    std::string document;
    fs::path data, folder;
    unsigned jobs = 1;
};

Result<void> batch(Program& program, const BatchOptions& options) {
    if (auto known = check_document(options.document); !known) return known;
    const auto rows = batch_rows(options.data);
    if (!rows) return tl::make_unexpected(rows.error());
    desk::Paper& paper = program.paper();
    const auto make = [&](const domain::Form& values) {
        return render_document(paper, options.document, values);
    };
    const bool bar = !program.json() && ::isatty(STDERR_FILENO);
    PdfBatch pdfs(options.folder, options.data.filename().string(), make, program.err(), bar);
    const auto start = std::chrono::steady_clock::now();
    const auto count = pdfs.run(*rows, options.jobs);
    if (!count) return tl::make_unexpected(count.error());
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    program.print("documents " + std::to_string(count->done) + ", there already " +
                      std::to_string(count->skipped) + ", refused " + std::to_string(count->refused) +
                      ", seconds " + std::to_string(seconds) + ", documents/s " +
                      std::to_string(static_cast<int>(static_cast<double>(count->done) / seconds)),
                  {{"documents", count->done},
                   {"skipped", count->skipped},
                   {"refused", count->refused},
                   {"seconds", seconds},
                   {"documents_per_second", static_cast<double>(count->done) / seconds}});
    return {};
}

void add_render(Program& program, CLI::App& pdf) {
    auto document = std::make_shared<std::string>();
    auto data = std::make_shared<fs::path>();
    auto out = std::make_shared<fs::path>();
    CLI::App* command = program.command(
        pdf, "render", "A document from a JSON file of its printed values", [=, &program]() -> Result<void> {
            if (auto known = check_document(*document); !known) return known;
            const auto content = form_from_file(*data);
            if (!content) return tl::make_unexpected(content.error());
            return write_pdf(program, render_document(program.paper(), *document, *content), *out);
        });
    command->add_option("--document", *document, kDocuments)->required();
    command->add_option("--data", *data)->required();
    command->add_option("-o,--output", *out)->required();
}

void add_batch(Program& program, CLI::App& pdf) {
    auto options = std::make_shared<BatchOptions>();
    CLI::App* command = program.command(pdf, "batch", "One document for each row of an NDJSON or CSV file",
                                        [&program, options] { return batch(program, *options); });
    command->add_option("--document", options->document, kDocuments)->required();
    command->add_option("--data", options->data)->required();
    command->add_option("-o,--output", options->folder, "Folder")->required();
    command->add_option("--jobs", options->jobs)->check(CLI::Range(1, 64));
}

Result<void> verify(Program& program, const std::string& file_or_text) {
    const auto file = fs::exists(file_or_text) ? os::read_file(file_or_text, std::size_t{64} << 20)
                                               : Result<Bytes>(refuse("file_missing"));
    const bool by_hand = !file && file_or_text.find('/') == std::string::npos;
    const auto verified = file      ? desk::verify_picture(program.home(), *file, program.speech())
                          : by_hand ? desk::verify_hand_code(program.home(), file_or_text, program.speech())
                                    : desk::verify_text(program.home(), file_or_text, program.speech());
    if (!verified) return tl::make_unexpected(verified.error());
    const domain::PrintCode& code = verified->code;
    if (program.json()) {
        program.print("", {{"valid", true},
                           {"registration", to_text(code.registration)},
                           {"number", code.number},
                           {"school", code.school()},
                           {"revision", code.revision},
                           {"page", code.page},
                           {"of", code.pages},
                           {"sample", code.sample},
                           {"status", verified->status},
                           {"as_of", verified->as_of}});
        return {};
    }
    for (const desk::NamedValue& value : verified->says)
        program.out() << value.label << ": " << value.value << '\n';
    program.out() << verified->status << "  (" << verified->as_of << ")\n";
    return {};
}

Result<void> write_offline_page(Program& program, const fs::path& file) {
    const auto page = desk::offline_page(program.home());
    if (!page) return tl::make_unexpected(page.error());
    if (auto written = os::write_file(file, bytes_of(*page)); !written) return written;
    program.print(file.string(), {{"file", file.string()}, {"bytes", page->size()}});
    return {};
}

}  // namespace

void add_paper_commands(Program& program) {
    CLI::App* pdf = program.app().add_subcommand("pdf", "Documents as PDF")->require_subcommand(1);
    pdf->fallthrough();
    add_render(program, *pdf);
    add_batch(program, *pdf);
    auto id = std::make_shared<std::string>();
    auto out = std::make_shared<fs::path>();
    CLI::App* agreement = program.command(
        *pdf, "agreement", "The agreement of a registration", [=, &program]() -> Result<void> {
            const auto found = id_named(program, *id);
            const auto record = found ? program.home().store().registrations().find(*found) : std::nullopt;
            if (!record) return refuse("record_unknown");
            return write_pdf(program, program.paper().pdf(*record), *out);
        });
    agreement->add_option("ID", *id)->required();
    agreement->add_option("-o,--output", *out)->required();
    auto document = std::make_shared<std::string>();
    CLI::App* filled =
        program.command(*pdf, "filled", "A registration's form, application or receipt, filled in",
                        [=, &program] { return write_filled(program, *id, *document, *out); });
    filled->add_option("ID", *id)->required();
    filled
        ->add_option("--document", *document,
                     "labour_form, freelance_form, abroad_form, termination_application, receipt")
        ->required();
    filled->add_option("-o,--output", *out)->required();
    CLI::App* slip = program.command(*pdf, "slip", "What to mend of a return that was sent back",
                                     [=, &program] { return write_slip(program, *id, *out); });
    slip->add_option("ID", *id)->required();
    slip->add_option("-o,--output", *out)->required();
    auto text = std::make_shared<std::string>();
    program
        .command(program.app(), "verify", "Who issued a page, and what its code says",
                 [&program, text] { return verify(program, *text); })
        ->add_option("FILE|TEXT", *text, "A picture or PDF, a code's text, or the code under it")
        ->required();
    auto page = std::make_shared<fs::path>();
    program
        .command(program.app(), "offline-page", "The HTML page that verifies codes without a network",
                 [&program, page] { return write_offline_page(program, *page); })
        ->add_option("-o", *page, "The file to write")
        ->required();
}

}  // namespace wq::cli
