#include "tests/e2e/hands.h"

#include "data/os/files.h"
#include "pdf/scan/page_image.h"
#include "tests/e2e/employer.h"
#include "tests/workshop/workshop.h"

namespace wq::e2e {

void Hands::open(const std::string& control, const std::string& screen) {
    kiosk().click(control);
    kiosk().wait_screen(screen);
}

std::string Hands::only_record(const Student& student, const std::string& state) {
    for (const auto& row :
         nlohmann::json::parse(stage_.wangqian({"--json", "list", "--student", student.exam_number})))
        if (row["state"] == state) return row["id"];
    throw Fault(std::string(student.exam_number) + " has nothing that is " + state);
}

void Hands::wait_state(const std::string& id, const std::string& state) {
    wait_for("the state " + state, 20, [&] { return stage_.record(id)["state"] == state; });
}

std::string Hands::employer_does(const Employer& employer, std::vector<std::string> act) {
    act.insert(act.begin(), {"admin", "act", "--json", "99510"});
    act.insert(act.end(), {"--as", employer.credit_code});
    const std::string id = nlohmann::json::parse(stage_.platform(std::move(act)))["id"];
    sync();
    return id;
}

std::string Hands::invitation_of(const Employer& employer, const Student& student) {
    auto form = nlohmann::json::parse(*os::read_text(os::assets_folder() / "demo/form.json"));
    form["credit_code"] = employer.credit_code;
    form["employer_name"] = employer.name;
    if (stage_.platform({"admin", "employers"}).find(employer.credit_code) == std::string::npos)
        approve_employer([&](auto arguments) { return stage_.platform(std::move(arguments)); }, stage_.out(),
                         form.get<domain::Form>());
    const std::string file = (stage_.out() / "invitation.json").string(), text = form.dump();
    if (!os::write_file(file, bytes_of(text))) throw Fault("can't write " + file);
    return employer_does(employer, {"invite", "--student", student.exam_number, "--form", file});
}

void Hands::find_employer(const Employer& employer) {
    kiosk().type("form.employer_name", std::string(employer.credit_code).substr(0, 12));
    kiosk().wait_text(employer.name);
    stage_.choose(employer.name);
    kiosk().wait_text(employer.credit_code);
}

void Hands::pick(const std::string& field, const std::string& option) {
    const std::string page = kiosk().screen();
    open("form." + field, "picker");
    stage_.choose(option);
    kiosk().wait_screen(page);
}

void Hands::find(const std::string& field, const std::string& code, const std::string& option) {
    const std::string page = kiosk().screen();
    open("form." + field, "picker");
    kiosk().type("picker.search", code);
    kiosk().wait_text(option);
    stage_.choose(option);
    kiosk().wait_screen(page);
}

void Hands::begin_destination(const Student& student, const std::vector<std::string>& way,
                              const char* picture) {
    stage_.home_of(student.mobile);
    open("home.other", "picker");
    if (picture) photograph(picture);
    for (const std::string& label : way) stage_.choose(label);
    kiosk().wait_screen("form_1");
}

void Hands::bring(const std::string& kind, const char* picture) {
    open("material." + kind, "capture");
    stage_.put_on_scanner(kind + ".jpg", sheet());
    kiosk().click("capture.take");
    wait_for("the picture", 30, [&] { return kiosk().has("capture.done"); });
    if (picture) photograph(picture);
    kiosk().click("capture.done");
}

Bytes Hands::sheet() {
    const auto paper = scan::read_pictures(*os::read_file(os::assets_folder() / "screens/agreement.png"));
    return scan::to_jpeg(workshop::scanned(paper->at(0), {.tilt = 0.4}, ++sheets_));
}

ReturnedPages stamped(ByteView pdf) {
    scan::Picture first = workshop::printed(pdf, 1, 200);
    workshop::press_seal(first, {47, 216}, {.tilt = -9}, 11);
    workshop::sign(first, {82, 202, 45, 26}, 12);
    const scan::Picture second = workshop::printed(pdf, 2, 150);
    return {scan::to_jpeg(workshop::photographed(first, 3, 13)),
            scan::to_jpeg(workshop::scanned(second, {.tilt = 0.7, .turns = 2, .grey = true}, 14))};
}

}  // namespace wq::e2e
