#include "tests/sim/disk.h"

#include "data/os/files.h"

#include <algorithm>

namespace wq::sim {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSector = 512;

std::vector<Disk*>& all_disks() {
    static std::vector<Disk*> disks;
    return disks;
}

}  // namespace

Disk::Disk(fs::path folder, Image image) : folder_(std::move(folder)) {
    fs::create_directories(folder_);
    set(image);
    all_disks().push_back(this);
}

Disk::~Disk() { std::erase(all_disks(), this); }

Disk* Disk::of(const fs::path& path) {
    const std::string& text = path.native();
    for (Disk* disk : all_disks()) {
        const std::string& folder = disk->folder_.native();
        if (text.size() > folder.size() && text.starts_with(folder) && text[folder.size()] == '/')
            return disk;
    }
    return nullptr;
}

void Disk::die_at(std::int64_t write) { dies_at_ = writes_ + write; }

void Disk::trouble_at(std::int64_t write, Trouble trouble, std::int64_t count) {
    trouble_ = trouble;
    trouble_from_ = writes_ + write;
    trouble_through_ = trouble_from_ + count - 1;
}

void Disk::calm() {
    dies_at_ = 0;
    trouble_ = Trouble::none;
}

void Disk::revive() {
    calm();
    dead_ = troubled_ = false;
    written_.clear();
    renamed_.clear();
    restart_log();
}

void Disk::revive_after(Cut cut, Dice& dice) {
    const Image left = image_after(log_.size(), cut, dice);
    const auto written = std::move(written_);
    const auto renamed = std::move(renamed_);
    revive();
    set(left);
    cut_files(written, renamed, dice);
    revive();
}

Image Disk::image() const {
    Image image;
    for (const auto& [name, file] : files_)
        if (file.exists) image.emplace(name, std::make_shared<const Bytes>(file.content));
    return image;
}

void Disk::set(const Image& image) {
    files_.clear();
    for (const auto& [name, content] : image) {
        files_[name].exists = true;
        files_[name].content = *content;
    }
    start_ = image;
    log_.clear();
}

void Disk::restart_log() {
    start_ = image();
    log_.clear();
}

DiskFile* Disk::find(const std::string& name) {
    const auto at = files_.find(name);
    return at != files_.end() && at->second.exists ? &at->second : nullptr;
}

Trouble Disk::step() {
    if (dead_) return Trouble::broken;
    ++writes_;
    if (dies_at_ > 0 && writes_ >= dies_at_) {
        dead_ = true;
        return Trouble::broken;
    }
    if (trouble_ == Trouble::none || writes_ < trouble_from_ || writes_ > trouble_through_)
        return Trouble::none;
    troubled_ = true;
    return trouble_;
}

void Disk::apply(Bytes& content, const Change& change) {
    if (change.kind == Change::Kind::truncate) content.resize(change.offset);
    if (change.kind != Change::Kind::write) return;
    if (content.size() < change.offset + change.bytes.size())
        content.resize(change.offset + change.bytes.size());
    std::ranges::copy(change.bytes, content.begin() + static_cast<std::ptrdiff_t>(change.offset));
}

void Disk::write(const std::string& name, std::size_t offset, ByteView bytes) {
    log_.push_back({Change::Kind::write, name, offset, Bytes(bytes.begin(), bytes.end())});
    DiskFile& to = file(name);
    to.exists = true;
    apply(to.content, log_.back());
}

void Disk::truncate(const std::string& name, std::size_t size) {
    log_.push_back({Change::Kind::truncate, name, size});
    apply(file(name).content, log_.back());
}

void Disk::sync(const std::string& name) { log_.push_back({Change::Kind::sync, name}); }

void Disk::remove(const std::string& name) {
    log_.push_back({Change::Kind::remove, name});
    file(name).exists = false;
    file(name).content.clear();
}

// A file that is gone stays gone; else what came before its last sync is on the disk.
Image Disk::image_after(std::size_t steps, Cut cut, Dice& dice) const {
    std::map<std::string, std::size_t> synced;  // file, steps up to its last sync or removal
    for (std::size_t i = 0; i < steps; ++i)
        if (log_[i].kind == Change::Kind::sync || log_[i].kind == Change::Kind::remove)
            synced[log_[i].name] = i + 1;
    std::size_t loose = 0;
    for (std::size_t i = 0; i < steps; ++i) loose += i >= synced[log_[i].name];
    const auto kept = static_cast<std::size_t>(dice.between(0, static_cast<std::int64_t>(loose)));
    std::map<std::string, Bytes> files;
    for (const auto& [name, content] : start_) files[name] = *content;
    for (std::size_t i = 0, at = 0; i < steps; ++i) {
        const Change& change = log_[i];
        if (change.kind == Change::Kind::remove) files.erase(change.name);
        if (change.kind == Change::Kind::remove || change.kind == Change::Kind::sync) continue;
        if (i < synced[change.name]) {
            apply(files[change.name], change);
            continue;
        }
        const std::size_t nth = at++;
        const bool whole = cut == Cut::any ? dice.chance(50) : cut != Cut::nothing && nth < kept;
        if (whole) apply(files[change.name], change);
        if (cut != Cut::torn || nth != kept || change.kind != Change::Kind::write) continue;
        for (std::size_t from = 0; from < change.bytes.size(); from += kSector) {
            if (dice.chance(50)) continue;
            const std::size_t size = std::min(kSector, change.bytes.size() - from);
            const auto begin = change.bytes.begin() + static_cast<std::ptrdiff_t>(from);
            apply(files[change.name], {Change::Kind::write, change.name, change.offset + from,
                                       Bytes(begin, begin + static_cast<std::ptrdiff_t>(size))});
        }
    }
    Image image;
    for (auto& [name, content] : files)
        image.emplace(name, std::make_shared<const Bytes>(std::move(content)));
    return image;
}

void Disk::note_written(const fs::path& file) {
    if (std::ranges::count(written_, file) == 0) written_.push_back(file);
}

void Disk::note_synced(const fs::path& synced) {
    std::erase(written_, synced);
    std::erase_if(renamed_, [&](const Renamed& one) { return one.to.parent_path() == synced; });
}

void Disk::note_renamed(const fs::path& from, const fs::path& to, std::optional<Bytes> before) {
    for (fs::path& file : written_)
        if (file == from) file = to;
    renamed_.push_back({from, to, std::move(before)});
}

// Names that their folder does not have yet may be the old ones again, contents may end anywhere.
void Disk::cut_files(const std::vector<fs::path>& written, const std::vector<Renamed>& renamed, Dice& dice) {
    for (const fs::path& file : written)
        if (fs::exists(file))
            fs::resize_file(file, static_cast<std::uintmax_t>(
                                      dice.between(0, static_cast<std::int64_t>(fs::file_size(file)))));
    for (auto one = renamed.rbegin(); one != renamed.rend(); ++one) {
        if (dice.chance(50) || !fs::exists(one->to)) continue;
        fs::rename(one->to, one->from);
        if (one->before && !os::write_file(one->to, *one->before)) throw Fault("can't undo a renaming");
    }
}

}  // namespace wq::sim
