// The register's doors to placements: the export, and other systems with their tokens (R44).
#include "data/domain/employment_plan.h"
#include "data/os/files.h"
#include "data/os/sheet.h"
#include "sync/platform/registry_parts.h"

namespace wq::platform {
namespace {

// A file with everybody's names in the clear, gone whatever happens.
class Passing {
  public:
    explicit Passing(std::filesystem::path file) : file_(std::move(file)) {}
    ~Passing() {
        std::error_code ignored;
        std::filesystem::remove(file_, ignored);
        std::filesystem::remove(file_ += ".unfinished", ignored);
    }
    Passing(const Passing&) = delete;
    Passing& operator=(const Passing&) = delete;

  private:
    std::filesystem::path file_;
};

}  // namespace

Result<std::size_t> Registry::export_plan(const std::string& school,
                                          const std::optional<std::string>& department,
                                          const std::filesystem::path& file) {
    return parts_->connections.read([&](Database& database) -> Result<std::size_t> {
        if (!Nodes(database).has_school(school)) return refuse("school_unknown", {{"school", school}});
        return os::write_sheet(file, "毕业去向", [&](const os::SheetRow& row) {
            row(domain::plan_header());
            return Employment(database, *parts_->codes, school).each(department, row);
        });
    });
}

Result<Bytes> Registry::export_plan(const std::string& school, const std::optional<std::string>& department,
                                    std::string_view ending) {
    const auto file = parts_->home / "exports" / (to_hex(parts_->random->bytes(16)) + std::string(ending));
    std::filesystem::create_directories(file.parent_path());
    std::filesystem::permissions(file.parent_path(), std::filesystem::perms::owner_all);
    const Passing passing(file);
    const auto written = export_plan(school, department, file);
    return written ? os::read_file(file) : Result<Bytes>(tl::make_unexpected(written.error()));
}

Result<std::string> Registry::add_consumer(const Consumer& consumer) {
    return parts_->connections.write([&](Database& database) -> Result<std::string> {
        for (const std::string& school : consumer.schools)
            if (!Nodes(database).has_school(school)) return refuse("school_unknown", {{"school", school}});
        return Consumers(database).add(consumer, *parts_->random);
    });
}

Result<void> Registry::remove_consumer(const std::string& name) {
    return parts_->connections.write([&](Database& database) { return Consumers(database).remove(name); });
}

std::vector<Consumer> Registry::consumers() {
    return parts_->connections.read([&](Database& database) { return Consumers(database).all(); });
}

Result<PlanPage> Registry::employment(std::string_view token, const std::string& school, std::int64_t after,
                                      std::int64_t limit) {
    return parts_->connections.read([&](Database& database) -> Result<PlanPage> {
        const auto consumer = Consumers(database).find(token);
        if (!consumer) return refuse("consumer_unknown");
        if (!consumer->may_read(school)) return refuse("out_of_scope");
        if (!Nodes(database).has_school(school)) return refuse("school_unknown", {{"school", school}});
        return Employment(database, *parts_->codes, school).changed(after, limit);
    });
}

}  // namespace wq::platform
