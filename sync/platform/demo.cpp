#include "sync/platform/demo.h"

#include "data/base/utf8.h"
#include "data/crypto/hash.h"
#include "data/crypto/password.h"
#include "data/os/assets.h"
#include "data/os/demo.h"
#include "data/os/files.h"
#include "pdf/scan/page_image.h"
#include "sync/platform/author.h"
#include "sync/platform/web/print_shop.h"
#include "sync/platform/web/readings.h"

#include <algorithm>
#include <array>

namespace wq::platform {
namespace {

using domain::AccountAction, domain::Role;

struct DemoSchool {
    const char *code, *name, *province, *parties;
    int graduates, placed, waiting;  // of the graduates; 0: a kiosk brings them
};

constexpr DemoSchool kSchools[] = {{"99510", "天府示例大学", "51", "3", 0, 0, 0},
                                   {"99511", "锦江示例学院", "51", "2", 24, 15, 4},
                                   {"99512", "山城示例大学", "50", "3", 18, 8, 3}};

constexpr const char* kNames[] = {"陆一鸣", "沈知夏", "江望舒", "顾南星", "叶知秋", "宋听雨"};
constexpr const char* kDepartments[] = {"计算机学院", "经济与管理学院", "外国语学院"};
constexpr const char* kLevels[] = {"31", "31", "11"};

// How far an account has come.
enum class Stage { approved, submitted, by_bank, returned, jobs_site };
struct DemoEmployer {
    const char* credit_code;
    Stage stage;
};
constexpr DemoEmployer kEmployers[] = {{"91510107MAA31L7A7C", Stage::approved},
                                       {"91510104MA7J92LX58", Stage::submitted},
                                       {"91310115MA6JH5R381", Stage::by_bank},
                                       {"91510106MAKG360Q3U", Stage::returned},
                                       {"91110108MA2A96638F", Stage::jobs_site}};

std::string exam_number(const DemoSchool& school, int number) {
    return "27" + std::string(school.code) + "1" + std::to_string(100'000 + number);
}

domain::Form graduate(const DemoSchool& school, int number) {
    const std::size_t of = static_cast<std::size_t>(number) % std::size(kDepartments);
    return {{"exam_number", exam_number(school, number)},
            {"student_number", "2023" + std::to_string(1000 + number)},
            {"name", kNames[static_cast<std::size_t>(number) % std::size(kNames)]},
            {"sex", number % 2 == 0 ? "1" : "2"},
            {"school_name", school.name},
            {"department", kDepartments[of]},
            {"level", kLevels[of]},
            {"major", of == 0   ? "软件工程"
                      : of == 1 ? "会计学"
                                : "英语"},
            {"training_mode", "1"}};
}

// A school without a kiosk: what its office would have sent.
class DemoCampus {
  public:
    DemoCampus(Registry& registry, Ledger& ledger, const DemoSchool& school)
        : registry_(&registry), school_(&school), ledger_(&ledger), author_(ledger, registry.random()) {}

    Result<void> fill() {
        if (auto said = say_settings(); !said) return said;
        if (auto said = say_accounts(); !said) return said;
        if (auto said = say_roster(); !said) return said;
        for (int number = 1; number <= school_->graduates; ++number) {
            auto done = confirm(number);
            if (done && number <= school_->placed + school_->waiting) done = register_destination(number);
            if (!done) return done;
        }
        return {};
    }

  private:
    const domain::Actor office_{Role::school, "school"};

    Result<void> say_settings() {
        domain::Form settings = domain::preset_settings();
        settings["school_code"] = school_->code;
        settings["school_name"] = school_->name;
        settings["mode"] = "demo";
        settings["parties"] = school_->parties;
        settings["cohort"] = std::to_string(domain::cohort_on(day_in_china(registry_->now())));
        cbor::Value body;
        body.set("settings", domain::to_cbor(settings));
        return author_.say(domain::event_type::kSettings, std::move(body), office_);
    }

    Result<void> say_accounts() {
        cbor::Value account, body;
        account.set("account", "school").set("role", "school").set("department", "");
        account.set("display_name", "赵老师");
        account.set("verifier", crypto::password_verifier(kDemoStaffPassword, registry_->random()));
        cbor::Array accounts;
        accounts.push_back(std::move(account));
        body.set("accounts", std::move(accounts));
        return author_.say(domain::event_type::kAccounts, std::move(body), office_);
    }

    Result<void> say_roster() {
        cbor::Array graduates;
        for (int number = 1; number <= school_->graduates; ++number)
            graduates.push_back(domain::to_cbor(graduate(*school_, number)));
        cbor::Value body;
        body.set("graduates", std::move(graduates));
        return author_.say(domain::event_type::kRoster, std::move(body), office_);
    }

    Result<void> confirm(int number) {
        const std::string exam = exam_number(*school_, number);
        cbor::Value confirmed;
        confirmed.set("roster_revision", ledger_->tables().graduate(exam)->revision);
        return author_.say(domain::event_type::kConfirm, std::move(confirmed), {Role::student, exam}, exam);
    }

    Result<void> register_destination(int number) {
        const std::string exam = exam_number(*school_, number);
        const domain::Actor student{Role::student, exam};
        domain::Command command{domain::Action::submit, student};
        const bool studies = number % 3 != 0;
        command.form = studies ? domain::Form{{"destination", "801"},
                                              {"study_school", "示例研究院"},
                                              {"study_major", "软件工程"}}
                               : domain::Form{{"destination", "703"}, {"intention", "准备公务员考试"}};
        if (studies)
            command.attachments = {{"admission_letter", crypto::sm3(bytes_of(exam)), 1, "image/jpeg"}};
        const Uuid id = registry_->new_id();
        auto done = author_.act(id, domain::Kind::destination, exam, command);
        if (done && number <= school_->placed)
            done = author_.act(id, domain::Kind::destination, exam, {domain::Action::pass, office_});
        return done.map([](const domain::Registration&) {});
    }

    Registry* registry_;
    const DemoSchool* school_;
    Ledger* ledger_;
    Author author_;
};

Result<void> fill_school(Registry& registry, const DemoSchool& school) {
    if (auto added = registry.add_school(school.code, school.name); !added) return added;
    Result<void> filled;
    registry.transact([&](Database& database) {
        set_province(database, school.code, school.province);
        CampusCache campuses;
        Ledger ledger(database, campuses, registry.codes(), school.code, registry.now());
        if (school.graduates == 0 || ledger.tables().has_settings()) return;
        filled = DemoCampus(registry, ledger, school).fill();
        if (!filled) throw Fault("the demo can't be filled: " + filled.error().code);
        ledger.finish();
    });
    return filled;
}

// Of the demo's directory, with an invented signing officer.
domain::Form employer_form(const std::string& credit_code, bool by_bank) {
    const auto employers = os::demo_employers(os::assets_folder());
    if (!employers) throw Fault("the demo's employers can't be read");
    domain::Form form;
    for (const os::DemoEmployer& employer : *employers)
        if (domain::value_of(employer.form, "credit_code") == credit_code) form = employer.form;
    form.merge(domain::Form{{"legal_representative", "韩示例"},
                            {"officer_name", "方示例"},
                            {"officer_id", "510108199903140010"},
                            {"officer_mobile", "13800200001"},
                            {"officer_email", "officer@example.com"},
                            {"officer_department", "人力资源部"},
                            {"authorized_until", "2030-12-31"}});
    if (by_bank)
        form.merge(domain::Form{{"bank_name", "示例银行成都分行"}, {"bank_account", "6200000000001234"}});
    return form;
}

Result<void> fill_employer(Registry& registry, Logins& logins, PrintShop& prints, const os::Wording& wording,
                           const DemoEmployer& employer) {
    const std::string code = employer.credit_code;
    if (registry.employer(code).state != domain::AccountState::none) return {};
    const domain::Actor ministry{Role::ministry, "ministry"};
    domain::Form form = employer_form(code, employer.stage == Stage::by_bank);
    if (employer.stage == Stage::jobs_site) {
        std::erase_if(form, [](const auto& entry) {
            return !domain::find_field(domain::employer_fields(), entry.first);
        });
        return registry.act(code, {AccountAction::take_over, ministry, form}).map([](const auto&) {});
    }
    const std::string name(domain::value_of(form, "employer_name"));
    const Person person{.role = Role::employer, .account = code, .display_name = name};
    if (auto put = logins.put(person, kDemoPlatformPassword); !put) return put;
    const auto letter = prints.letter(form, {wording, os::Language::zh});
    if (!letter) return tl::make_unexpected(letter.error());
    domain::AccountCommand submit{AccountAction::submit, {Role::employer, code}, form};
    auto kept = registry.keep_file("authorization_letter", *letter);
    if (!kept) return tl::make_unexpected(kept.error());
    submit.attachments.push_back(*kept);
    constexpr int kWidth = 420, kHeight = 594;
    const Bytes sheet = scan::to_jpeg({kWidth, kHeight, Bytes(std::size_t{3} * kWidth * kHeight, 238)});
    if (employer.stage != Stage::by_bank) {
        auto licence = registry.keep_file("business_licence", sheet);
        if (!licence) return tl::make_unexpected(licence.error());
        submit.attachments.push_back(*licence);
    }
    auto done = registry.act(code, submit);
    if (done && employer.stage == Stage::approved)
        done = registry.act(code, {AccountAction::approve, ministry});
    if (done && employer.stage == Stage::returned) {
        domain::AccountCommand back{AccountAction::send_back, ministry};
        back.reason = "授权书上的公章不清晰，请重新盖章后拍照上传。";
        done = registry.act(code, back);
    }
    return done.map([](const auto&) {});
}

// So that the first employer's list is not empty: to a graduate of the second school.
Result<void> invite_one(Registry& registry) {
    const DemoSchool& school = kSchools[1];
    const std::string code = kEmployers[0].credit_code;
    bool is_there = false;
    registry.look([&](Database& database) { is_there = !agreements_of(database, code).empty(); });
    if (is_there) return {};
    domain::Command command{domain::Action::invite, {Role::employer, code}};
    for (const auto& [key, value] : employer_form(code, false))
        if (domain::find_field(domain::agreement_fields(), key)) command.form.emplace(key, value);
    command.form.merge(
        domain::Form{{"post", "13"}, {"solves_household", "yes"}, {"supplement", "试用期三个月。"}});
    return registry.act(school.code, registry.new_id(), exam_number(school, school.graduates - 1), command)
        .map([](const domain::Registration&) {});
}

}  // namespace

// Its passwords are known to everybody.
Result<void> require_unused(Registry& registry) {
    for (const SchoolLine& line : registry.schools())
        if (std::ranges::count(kSchools, line.code, &DemoSchool::code) == 0)
            return refuse("platform_in_use", {{"school", line.code}});
    return {};
}

Result<std::vector<DemoLogin>> fill_demo(Registry& registry) {
    if (auto unused = require_unused(registry); !unused) return tl::make_unexpected(unused.error());
    for (const DemoSchool& school : kSchools)
        if (auto filled = fill_school(registry, school); !filled) return tl::make_unexpected(filled.error());
    Logins logins(registry);
    PrintShop prints(registry);
    const auto wording = os::load_wording(os::assets_folder());
    if (!wording) return tl::make_unexpected(wording.error());
    for (const DemoEmployer& employer : kEmployers)
        if (auto filled = fill_employer(registry, logins, prints, *wording, employer); !filled)
            return tl::make_unexpected(filled.error());
    if (auto invited = invite_one(registry); !invited) return tl::make_unexpected(invited.error());
    const Person staff[] = {
        {.role = Role::province, .account = "province", .province = "51", .display_name = "四川省示例厅"},
        {.role = Role::ministry, .account = "ministry", .display_name = "示例管理员"}};
    for (const Person& person : staff)
        if (!logins.find(person.role, {}, person.account))
            if (auto put = logins.put(person, kDemoPlatformPassword); !put)
                return tl::make_unexpected(put.error());
    return std::vector<DemoLogin>{{"/e/login", "91510107MAA31L7A7C", kDemoPlatformPassword},
                                  {"/s/login", "99510 school / 99511 school", kDemoStaffPassword},
                                  {"/p/login", "province", kDemoPlatformPassword},
                                  {"/m/login", "ministry", kDemoPlatformPassword}};
}

}  // namespace wq::platform
