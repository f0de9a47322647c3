// `wangqian pdf batch`: a document for each row of an NDJSON or CSV file. Bad rows are told and skipped;
// files appear whole or not at all, many made durable together; a batch that was broken off goes on where it
// stopped, by the journal in its folder. Not for registrations: those are printed by the desk.
#pragma once

#include "data/base/result.h"
#include "data/domain/form.h"

#include <atomic>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace wq::cli {

struct BatchRow {
    std::size_t line = 0;
    std::string text;  // as it stands in the file, to know it again
    Result<domain::Form> values = domain::Form{};
};

// NDJSON, or CSV with the keys in its first line where the name ends in .csv. Refusals: those of reading.
Result<std::vector<BatchRow>> batch_rows(const std::filesystem::path& file);

struct BatchCount {
    std::size_t done = 0, skipped = 0, refused = 0;
};

class PdfBatch {
  public:
    using Make = std::function<Result<Bytes>(const domain::Form&)>;

    // `make` is called by `jobs` threads at a time. `name` is how rows are called when they are told; bad
    // ones go to `told`, and so does a bar of progress if there is one to look at.
    PdfBatch(std::filesystem::path folder, std::string name, Make make, std::ostream& told, bool bar);

    // Refuses with what the disk refuses.
    Result<BatchCount> run(const std::vector<BatchRow>& rows, unsigned jobs);

  private:
    struct Made {
        std::string file, mark;
        Bytes pdf;
    };
    void read_journal();
    void work(const std::vector<BatchRow>& rows);
    void take(const BatchRow& row, const std::string& file, std::vector<Made>& made);
    void write(std::vector<Made>& made);
    void refuse_row(const BatchRow& row, const Refusal& why);
    void show(std::size_t at);

    std::filesystem::path folder_;
    std::string name_;
    Make make_;
    std::ostream& told_;
    bool bar_;
    std::map<std::string, std::string> journal_;  // file -> mark of the row it was made of
    std::vector<std::string> files_;              // of each row; empty for one that has none
    std::atomic<std::size_t> next_ = 0;
    std::mutex mutex_;  // over all below
    BatchCount count_;
    std::size_t rows_ = 0;
    Result<void> disk_;
};

}  // namespace wq::cli
