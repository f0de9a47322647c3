// A store in a temporary folder with a campus, one confirmed student and everything that people do to one
// agreement. Two of them with one key make two kiosks of a school.
#pragma once

#include "data/crypto/hash.h"
#include "data/store/store.h"
#include "tests/data/samples.h"

#include <filesystem>
#include <memory>

struct sqlite3;

namespace wq::test {

class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

struct Kiosk {
    explicit Kiosk(std::filesystem::path home_folder, int number = 1);

    store::Store& operator*() { return *store_; }
    store::Store* operator->() { return store_.get(); }
    void open();
    void close() { store_.reset(); }
    void restart() {
        close();
        open();
    }

    // Settings, one graduate (confirmed) and a school's account; made once, at one kiosk of a school.
    void set_up();
    Uuid submitted(std::string exam_number = "21510107153001");
    std::optional<Refusal> act(const Uuid& id, domain::Action action, domain::Role role);
    std::string state(const Uuid& id);
    // Runs SQL behind the store's back, and gives the first column of the first row.
    std::string tamper(const std::string& sql);
    // This kiosk's unanswered events as the platform would send them on, from `feed` on.
    std::vector<store::FeedRow> rows(std::int64_t feed, const std::string& verdict = "accepted",
                                     const std::string& code = "");

    std::filesystem::path home;
    SeededRandom random;
    os::SetClock clock{kNow};
    SeededRandom sealing_random{99};
    crypto::Sealer sealer{Bytes(32, 7), sealing_random};

  private:
    std::unique_ptr<store::Store> store_;
};

inline const domain::Actor kOffice{domain::Role::school, "office"};
inline constexpr const char* kStudent = "21510107153001";

}  // namespace wq::test
