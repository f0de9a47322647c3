#include "tests/acceptance/campus.h"

#include "data/os/files.h"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include <cstdlib>

namespace wq::acceptance {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "wangqian-acceptance-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw Fault("no temporary folder");
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

DemoCampus::DemoCampus(const domain::Form& settings) : clock(midnight_in_china({2026, 11, 23})) {
    clock.advance(10 * 60 * kMinute);
    auto created = desk::Home::create(folder.path() / "home", true, {&clock});
    BOOST_REQUIRE(created);
    home = std::move(*created);
    BOOST_REQUIRE(desk::set_up_demo(*home, settings));
    open_desks();
}

void DemoCampus::restart() {
    staff.reset();
    students.reset();
    paper.reset();
    home.reset();
    auto opened = desk::Home::open(folder.path() / "home", {&clock});
    BOOST_REQUIRE(opened);
    home = std::move(*opened);
    open_desks();
}

void DemoCampus::open_desks() {
    paper = std::make_unique<desk::Paper>(*home);
    students = std::make_unique<desk::StudentDesk>(*home, *paper);
    staff = std::make_unique<desk::StaffDesk>(*home, *paper);
}

desk::StudentSession DemoCampus::first_student() {
    auto session = students->log_in(kFirstMobile, desk::kDemoPassword);
    BOOST_REQUIRE(session);
    BOOST_REQUIRE(students->confirm(*session));
    return *session;
}

desk::StudentSession DemoCampus::student_of_mode(std::string_view training_mode) {
    auto file =
        domain::RosterReader::open(*os::read_text(home->assets() / "demo/roster.csv"), "", home->codes());
    const auto graduates = file->next();
    for (const domain::Form& graduate : *graduates) {
        if (domain::value_of(graduate, "training_mode") != training_mode) continue;
        desk::StudentSession session{std::string(domain::value_of(graduate, "exam_number")), "", false};
        BOOST_REQUIRE(students->confirm(session));
        return session;
    }
    throw Fault("no demo graduate of this training mode");
}

desk::StaffSession DemoCampus::school() {
    const auto session = staff->log_in(desk::kDemoSchoolStaff, desk::kDemoPassword);
    BOOST_REQUIRE(session);
    return *session;
}

desk::StaffSession DemoCampus::department_of(std::string_view exam_number) {
    const auto graduate = home->store().graduates().find(exam_number);
    for (int i = 1;; ++i) {
        const auto account = home->store().accounts().find("dept" + std::to_string(i));
        BOOST_REQUIRE(account);
        if (account->actor.department == (*graduate)["department"])
            return {account->actor, account->display_name};
    }
}

// The README's own example, so that it stays good.
domain::Form DemoCampus::good_form() {
    const auto text = os::read_text(os::assets_folder() / "demo/form.json");
    return nlohmann::json::parse(*text).get<domain::Form>();
}

store::Draft DemoCampus::draft_of(const desk::StudentSession& session, domain::Form form) {
    store::Draft draft = students->new_draft(session);
    draft.form = std::move(form);
    return draft;
}

Uuid DemoCampus::submitted(const desk::StudentSession& session) {
    const auto record = students->submit(session, draft_of(session));
    BOOST_REQUIRE(record);
    return record->id;
}

Uuid DemoCampus::approved(const desk::StudentSession& session) {
    const Uuid id = submitted(session);
    BOOST_REQUIRE(staff->act(school(), id, domain::Action::pass, ""));
    return id;
}

fs::path write_form(const fs::path& folder, const domain::Form& form) {
    const fs::path file = folder / "form.json";
    BOOST_REQUIRE(os::write_file(file, bytes_of(nlohmann::json(form).dump())));
    return file;
}

std::string write_password(const fs::path& folder, const std::string& password) {
    const fs::path file = folder / "password";
    BOOST_REQUIRE(os::write_file(file, bytes_of(password + "\n")));
    return file.string();
}

Ran run_wangqian(const fs::path& home, const std::string& arguments) {
    TemporaryFolder output;
    const fs::path out = output.path() / "out", err = output.path() / "err";
    const std::string command = std::string(WQ_BIN) + "/wangqian --home '" + home.string() + "' " +
                                arguments + " >" + out.string() + " 2>" + err.string();
    const int status = std::system(command.c_str());
    return {WEXITSTATUS(status), *os::read_text(out), *os::read_text(err)};
}

}  // namespace wq::acceptance
