#include "data/base/utf8.h"
#include "data/crypto/hash.h"
#include "data/os/files.h"
#include "kiosk/cli/program.h"

#include <atomic>
#include <chrono>
#include <fstream>
#include <ostream>
#include <thread>

namespace wq::cli {
namespace {

namespace fs = std::filesystem;

Result<void> write_pdf(Program& program, const Result<Bytes>& pdf, const fs::path& file) {
    if (!pdf) return tl::make_unexpected(pdf.error());
    if (auto written = os::write_file(file, *pdf); !written) return written;
    program.print(file.string(), {{"file", file.string()}, {"bytes", pdf->size()}});
    return {};
}

// The generator's documents have no record; their id follows from their content, so that the same data
// always make the same paper.
Result<Bytes> render_agreement(desk::Paper& paper, domain::Form content) {
    content.try_emplace("template", render::kAgreementTemplate);
    const crypto::Digest digest = crypto::sm3(cbor::encode(domain::to_cbor(content)));
    const auto issued = paper.issue(content, *uuid_from_bytes(ByteView(digest).first(16)), 1);
    if (!issued) return tl::make_unexpected(issued.error());
    return paper.pdf(*issued);
}

Result<void> check_document(const std::string& document) {
    if (document == "agreement") return {};
    return refuse("document_unknown", {{"document", document}});
}

struct BatchOptions {
    std::string document;
    fs::path data, folder;
    unsigned jobs = 1;
};

struct BatchCount {
    std::atomic<std::size_t> done = 0, refused = 0;
};

// One row: a file named by its agreement number, or by its line where it has none.
void render_row(Program& program, const BatchOptions& options, std::size_t line, const std::string& text,
                BatchCount& count, std::ostream& log) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    domain::Form content;
    if (json.is_object())
        for (const auto& [key, value] : json.items())
            if (value.is_string()) content.emplace(key, value.get<std::string>());
    const std::string number(domain::value_of(content, "number"));
    const auto pdf = json.is_object() ? render_agreement(program.paper(), content)
                                      : Result<Bytes>(refuse("json_wrong", {{"file", options.data.string()},
                                                                            {"reason", "not an object"}}));
    const fs::path file = options.folder / ((number.empty() ? std::to_string(line) : number) + ".pdf");
    const auto written = pdf ? os::write_file(file, *pdf) : Result<void>(tl::make_unexpected(pdf.error()));
    if (written) {
        ++count.done;
        return;
    }
    ++count.refused;
    log << options.data.string() + ":" + std::to_string(line) + ": " + written.error().code + "\n";
}

Result<void> batch(Program& program, const BatchOptions& options) {
    if (auto known = check_document(options.document); !known) return known;
    std::ifstream data(options.data);
    if (!data) return refuse("file_missing", {{"file", options.data.string()}});
    std::vector<std::string> rows;
    for (std::string line; std::getline(data, line);) rows.push_back(std::move(line));
    program.paper();
    BatchCount count;
    std::atomic<std::size_t> next = 0;
    const auto start = std::chrono::steady_clock::now();
    const auto work = [&] {
        for (std::size_t i = next++; i < rows.size(); i = next++)
            if (!rows[i].empty()) render_row(program, options, i + 1, rows[i], count, program.err());
    };
    std::vector<std::jthread> workers;
    for (unsigned i = 1; i < options.jobs; ++i) workers.emplace_back(work);
    work();
    workers.clear();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    program.print("documents " + std::to_string(count.done) + ", refused " + std::to_string(count.refused) +
                      ", seconds " + std::to_string(seconds) + ", documents/s " +
                      std::to_string(static_cast<int>(count.done / seconds)),
                  {{"documents", count.done.load()},
                   {"refused", count.refused.load()},
                   {"seconds", seconds},
                   {"documents_per_second", count.done / seconds}});
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
            return write_pdf(program, render_agreement(program.paper(), *content), *out);
        });
    command->add_option("--document", *document, "agreement")->required();
    command->add_option("--data", *data)->required();
    command->add_option("-o,--output", *out)->required();
}

void add_batch(Program& program, CLI::App& pdf) {
    auto options = std::make_shared<BatchOptions>();
    CLI::App* command = program.command(pdf, "batch", "One document for each line of an NDJSON file",
                                        [&program, options] { return batch(program, *options); });
    command->add_option("--document", options->document, "agreement")->required();
    command->add_option("--data", options->data)->required();
    command->add_option("-o,--output", options->folder, "Folder")->required();
    command->add_option("--jobs", options->jobs)->check(CLI::Range(1, 64));
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
}

}  // namespace wq::cli
