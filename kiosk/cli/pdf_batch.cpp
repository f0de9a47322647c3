#include "kiosk/cli/pdf_batch.h"

#include "data/base/utf8.h"
#include "data/crypto/hash.h"
#include "data/domain/csv.h"
#include "data/os/files.h"
#include "data/os/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <ostream>
#include <set>
#include <thread>

namespace wq::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kJournal = ".batch";
constexpr std::size_t kTogether = 64, kBarWidth = 30;

Result<domain::Form> from_json(const std::string& text) {
    const auto normal = os::normal_text(text);
    if (!normal) return tl::make_unexpected(normal.error());
    const auto json = nlohmann::json::parse(*normal, nullptr, false);
    if (!json.is_object()) return refuse("json_wrong", {{"file", ""}, {"reason", "an object is wanted"}});
    domain::Form form;
    for (const auto& [key, value] : json.items()) {
        if (!value.is_string()) return refuse("json_wrong", {{"file", ""}, {"reason", key + " is no text"}});
        form.emplace(key, value.get<std::string>());
    }
    return form;
}

std::vector<BatchRow> rows_of_csv(const std::string& text) {
    std::vector<BatchRow> rows;
    const auto table = domain::parse_csv(text);
    for (std::size_t i = 1; i < table.size(); ++i) {
        BatchRow& row = rows.emplace_back(BatchRow{table[i].line, {}, {}});
        for (const std::string& cell : table[i].cells) row.text += cell + '\x1F';
        if (table[i].cut_off || table[i].cells.size() > table[0].cells.size()) {
            row.values = refuse("csv_row_wrong");
            continue;
        }
        for (std::size_t k = 0; k < table[i].cells.size(); ++k)
            row.values->insert_or_assign(std::string(trimmed(table[0].cells[k])), table[i].cells[k]);
    }
    return rows;
}

std::vector<BatchRow> rows_of_ndjson(const std::string& text) {
    std::vector<BatchRow> rows;
    std::size_t line = 0;
    for (std::string_view part : split(text, '\n')) {
        ++line;
        if (trimmed(part).empty()) continue;
        rows.push_back({line, std::string(part), from_json(std::string(part))});
    }
    return rows;
}

// A number that is nobody's, or else the row's line: file names say nothing of a person.
std::string file_name(const BatchRow& row) {
    for (std::string_view key : {"number", "receipt_number"}) {
        const auto number = domain::value_of(*row.values, key);
        if (number.empty()) continue;
        const bool plain = std::ranges::all_of(number, [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
        });
        if (plain && number.size() <= 64) return std::string(number) + ".pdf";
    }
    return "row-" + std::to_string(row.line) + ".pdf";
}

}  // namespace

Result<std::vector<BatchRow>> batch_rows(const fs::path& file) {
    return os::read_text(file).map([&](const std::string& text) {
        return file.extension() == ".csv" ? rows_of_csv(text) : rows_of_ndjson(text);
    });
}

PdfBatch::PdfBatch(fs::path folder, std::string name, Make make, std::ostream& told, bool bar)
    : folder_(std::move(folder)), name_(std::move(name)), make_(std::move(make)), told_(told), bar_(bar) {}

Result<BatchCount> PdfBatch::run(const std::vector<BatchRow>& rows, unsigned jobs) {
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error) return refuse("file_unwritable", {{"file", folder_.string()}, {"reason", error.message()}});
    read_journal();
    rows_ = rows.size();
    // Names are given in the order of the file, so that threads change nothing.
    std::set<std::string> taken;
    for (const BatchRow& row : rows) {
        files_.push_back(row.values ? file_name(row) : std::string());
        if (row.values && !taken.insert(files_.back()).second) files_.back().clear();
    }
    {
        std::vector<std::jthread> workers;
        for (unsigned i = 1; i < jobs; ++i) workers.emplace_back([&] { work(rows); });
        work(rows);
    }
    if (bar_) told_ << '\n';
    if (!disk_) return tl::make_unexpected(disk_.error());
    return count_;
}

void PdfBatch::read_journal() {
    std::ifstream journal(folder_ / kJournal);
    for (std::string file, mark; journal >> file >> mark;) journal_[file] = mark;
}

void PdfBatch::work(const std::vector<BatchRow>& rows) {
    std::vector<Made> made;
    for (std::size_t i = next_++; i < rows.size(); i = next_++) {
        take(rows[i], files_[i], made);
        if (made.size() >= kTogether) write(made);
        if (i % kTogether == 0) show(i);
    }
    write(made);
    show(rows.size());
}

void PdfBatch::take(const BatchRow& row, const std::string& file, std::vector<Made>& made) {
    if (!row.values) return refuse_row(row, row.values.error());
    if (file.empty()) return refuse_row(row, {"number_twice"});
    const std::string mark = to_hex(crypto::sm3(bytes_of(name_ + '\n' + row.text)));
    {
        const std::lock_guard lock(mutex_);
        if (!disk_) return;
        const auto before = journal_.find(file);
        if (before != journal_.end() && before->second == mark && fs::exists(folder_ / file)) {
            ++count_.skipped;
            return;
        }
    }
    auto pdf = make_(*row.values);
    if (!pdf) return refuse_row(row, pdf.error());
    made.push_back({file, mark, std::move(*pdf)});
}

void PdfBatch::write(std::vector<Made>& made) {
    if (made.empty()) return;
    std::vector<std::pair<fs::path, ByteView>> files;
    for (const Made& it : made) files.emplace_back(folder_ / it.file, it.pdf);
    const auto written = os::write_files(files);
    const std::lock_guard lock(mutex_);
    if (written) {
        std::ofstream journal(folder_ / kJournal, std::ios::app);
        for (const Made& it : made) journal << it.file << ' ' << it.mark << '\n';
        count_.done += made.size();
    } else if (disk_) {
        disk_ = written;
    }
    made.clear();
}

void PdfBatch::refuse_row(const BatchRow& row, const Refusal& why) {
    const std::lock_guard lock(mutex_);
    ++count_.refused;
    told_ << name_ << ':' << row.line << ": " << why.code;
    for (const auto& [key, value] : why.args)
        if (!value.empty()) told_ << ' ' << key << '=' << value;
    told_ << '\n';
}

void PdfBatch::show(std::size_t at) {
    if (!bar_ || rows_ == 0) return;
    const std::lock_guard lock(mutex_);
    const std::size_t full = kBarWidth * at / rows_;
    told_ << "\r[" << std::string(full, '#') << std::string(kBarWidth - full, '.') << "] " << at << '/'
          << rows_ << std::flush;
}

}  // namespace wq::cli
