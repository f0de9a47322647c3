#include "tests/acceptance/processes.h"

#include "data/os/files.h"
#include "pdf/scan/page_image.h"
#include "tests/workshop/workshop.h"

#include <boost/test/unit_test.hpp>

namespace wq::acceptance {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

std::string without_end(const std::string& text) { return text.substr(0, text.find_last_not_of('\n') + 1); }

std::string platform_program() { return std::string(WQ_BIN) + "/wangqian-platform"; }

}  // namespace

std::string employer_of(const domain::Form& form) {
    return std::string(domain::value_of(form, "credit_code"));
}

Platform::Platform() {
    command({"admin", "init"});
    command({"admin", "school", kSchool, "天府示例大学"});
    start();
}

void Platform::start() {
    const fs::path log = folder_.path() / "log";
    std::error_code ignored;
    fs::remove(log, ignored);
    std::vector<std::string> serve{"serve", "--port", std::to_string(port_)};
    serve.insert(serve.end(), tls_.begin(), tls_.end());
    server_ = std::make_unique<e2e::Process>(program(std::move(serve)), e2e::Environment{}, log);
    e2e::wait_for("the platform", 20, [&] {
        const std::string said = os::read_text(log).value_or("");
        const std::size_t at = said.rfind(':');
        if (at == std::string::npos || said.find('\n', at) == std::string::npos) return false;
        port_ = std::stoi(said.substr(at + 1));
        return true;
    });
}

std::string Platform::speak_tls() {
    const std::string key = (folder_.path() / "key.pem").string(),
                      certificate = (folder_.path() / "certificate.pem").string();
    const auto made =
        e2e::run({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                  "-days", "2", "-subj", "/CN=platform", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout",
                  key, "-out", certificate});
    BOOST_REQUIRE_MESSAGE(made.exit == 0, made.out);
    tls_ = {"--tls-certificate", certificate, "--tls-key", key};
    kill();
    start();
    return certificate;
}

std::string Platform::code(const std::string& school) { return command({"admin", "enrol-code", school}); }

std::size_t Platform::events(const std::string& school) {
    return json::parse(command({"admin", "events", school, "--json"})).size();
}

std::vector<std::string> Platform::program(std::vector<std::string> arguments) const {
    std::vector<std::string> whole{platform_program(), "--home", (folder_.path() / "platform").string()};
    if (!database_.address().empty()) whole.insert(whole.end(), {"--database", database_.address()});
    whole.insert(whole.end(), arguments.begin(), arguments.end());
    return whole;
}

e2e::Ran Platform::tried(std::vector<std::string> arguments) {
    return e2e::run(program(std::move(arguments)));
}

std::string Platform::command(std::vector<std::string> arguments) {
    const e2e::Ran ran = tried(std::move(arguments));
    BOOST_REQUIRE_MESSAGE(ran.exit == 0, ran.out);
    return without_end(ran.out);
}

std::string Platform::refusal(std::vector<std::string> arguments) {
    const e2e::Ran ran = tried(std::move(arguments));
    if (ran.exit != 1) return "";
    // "code: 中文 | English"
    BOOST_TEST(ran.out.find(" | ") != std::string::npos, ran.out);
    BOOST_TEST(ran.out.find("refusal.") == std::string::npos, ran.out);
    return ran.out.substr(0, ran.out.find(':'));
}

std::string Platform::act(const std::string& credit_code, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"admin", "act", "--json", kSchool});
    arguments.insert(arguments.end(), {"--as", credit_code});
    return json::parse(command(std::move(arguments)))["id"];
}

std::string Commands::run(const std::string& arguments) const {
    const auto ran = tried(arguments);
    BOOST_REQUIRE_MESSAGE(ran.exit == 0, arguments << ": " << ran.err);
    return without_end(ran.out);
}

std::string Commands::refusal(const std::string& arguments) const {
    const auto ran = tried(arguments);
    if (ran.exit != 1) return "exit " + std::to_string(ran.exit);
    const std::string err = without_end(ran.err);
    const std::size_t last = err.rfind('\n') + 1;  // what is wrong with a form stands before it
    return err.substr(last, err.find(':', last) - last);
}

std::string Commands::form(const domain::Form& fields) const {
    return write_form(folder.path(), fields).string();
}

std::string Commands::picture() const {
    const fs::path file = folder.path() / "material.jpg";
    BOOST_REQUIRE(os::write_file(file, scan::to_jpeg(scan::Picture{300, 400, Bytes(300 * 400 * 3, 200)})));
    return file.string();
}

std::string Commands::approved() const {
    run("confirm --as " + student);
    const std::string id = run("register --as " + student + " --kind offline --form " + form());
    run("act " + id + " pass --as school:school");
    return id;
}

fs::path Commands::returned(const std::string& id, int number) const {
    const fs::path pdf = folder.path() / "agreement.pdf",
                   page = folder.path() / ("page-" + std::to_string(number) + ".jpg");
    run("pdf agreement " + id + " -o " + pdf.string());
    scan::Picture picture = workshop::printed(*os::read_file(pdf), number, 150);
    if (number == 1) workshop::press_seal(picture, {47, 216}, {}, 1);
    BOOST_REQUIRE(os::write_file(page, scan::to_jpeg(workshop::scanned(picture, {.grey = true}, 2))));
    return page;
}

std::string Commands::effective() const {
    const std::string id = approved();
    for (int page : {1, 2}) run("scan " + returned(id, page).string());
    run("act " + id + " pass --as school:school");
    return id;
}

}  // namespace wq::acceptance
