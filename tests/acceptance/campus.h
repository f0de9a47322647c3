// A demo campus in a temporary folder for the acceptance tests, with a clock that they move, and the doors
// that people knock at. Tests use nothing below the desks and the programs.
#pragma once

#include "kiosk/desk/paper.h"
#include "kiosk/desk/returning.h"
#include "kiosk/desk/set_up.h"
#include "kiosk/desk/staff_desk.h"
#include "kiosk/desk/student_desk.h"
#include "kiosk/desk/verifying.h"

#include <filesystem>
#include <memory>
#include <string>

namespace wq::acceptance {

class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

// The demo graduates that the tests know by name.
inline constexpr const char* kFirstExamNumber = "21510107153001";  // 奚𬱖
inline constexpr const char* kFirstMobile = "13800100001";
inline constexpr const char* kFirstResidentId = "510108199903141224";
inline constexpr const char* kFirstEmail = "student001@example.com";

// Sets what belongs to the province.
inline const domain::Actor kProvince{domain::Role::province, "province"};

struct DemoCampus {
    explicit DemoCampus(const domain::Form& settings = {});

    // Closes everything and opens it again, as after a restart.
    void restart();

    desk::Speech zh() const { return {home->wording(), desk::Language::zh}; }
    desk::Speech en() const { return {home->wording(), desk::Language::en}; }

    desk::StudentSession first_student();                                  // logged in and confirmed
    desk::StudentSession student_of_mode(std::string_view training_mode);  // likewise
    desk::StaffSession school();
    desk::StaffSession department_of(std::string_view exam_number);

    static domain::Form good_form();
    store::Draft draft_of(const desk::StudentSession& session, domain::Form form = good_form());
    Uuid submitted(const desk::StudentSession& session);
    Uuid approved(const desk::StudentSession& session);
    domain::Registration record(const Uuid& id) const { return *home->store().registrations().find(id); }

    TemporaryFolder folder;
    os::SetClock clock;
    std::unique_ptr<desk::Home> home;
    std::unique_ptr<desk::Paper> paper;
    std::unique_ptr<desk::StudentDesk> students;
    std::unique_ptr<desk::StaffDesk> staff;

  private:
    void open_desks();
};

// Runs a command and gives its exit code and what it printed.
struct Ran {
    int exit = 0;
    std::string out, err;
};
// The form as a JSON file in `folder`, for --form.
std::filesystem::path write_form(const std::filesystem::path& folder, const domain::Form& form);

// A password as a file, for `account add`.
inline constexpr const char* kPassword = "correct horse";
std::string write_password(const std::filesystem::path& folder, const std::string& password = kPassword);

Ran run_wangqian(const std::filesystem::path& home, const std::string& arguments);

}  // namespace wq::acceptance
