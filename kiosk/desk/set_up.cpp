#include "kiosk/desk/set_up.h"

#include "data/base/utf8.h"
#include "data/crypto/password.h"
#include "data/os/demo.h"
#include "data/os/files.h"
#include "data/os/text.h"
#include "kiosk/desk/attaching.h"
#include "pdf/scan/page_image.h"

#include <algorithm>
#include <array>

namespace wq::desk {
namespace {

constexpr std::string_view kRosterYear = "2027";  // of assets/demo/roster.csv

// A blank sheet stands for the evidence, which a demo can't have.
Result<void> put_demo_warnings(Home& home, const std::vector<os::DemoEmployer>& employers) {
    constexpr int kWidth = 420, kHeight = 594;
    const Bytes sheet = scan::to_jpeg({kWidth, kHeight, Bytes(std::size_t{3} * kWidth * kHeight, 245)});
    const auto evidence = attach_file(home, "evidence", sheet);
    if (!evidence) return tl::make_unexpected(evidence.error());
    for (const os::DemoEmployer& employer : employers) {
        const domain::Code* category = home.codes().table("warning_category").named(employer.warning);
        if (!category) continue;
        const store::Warning warning{std::string(domain::value_of(employer.form, "credit_code")),
                                     std::string(domain::value_of(employer.form, "employer_name")),
                                     category->code,
                                     employer.warning_reason,
                                     {*evidence}};
        if (auto marked = home.store().warnings().mark(warning, operator_actor()); !marked) return marked;
    }
    return {};
}

Result<void> put_demo_employers(Home& home) {
    const auto employers = os::demo_employers(home.assets());
    if (!employers) return tl::make_unexpected(employers.error());
    std::vector<domain::Form> forms;
    for (const os::DemoEmployer& employer : *employers) forms.push_back(employer.form);
    home.store().employers().put(forms, operator_actor());
    return put_demo_warnings(home, *employers);
}

// The demo roster's months, moved to the cohort that signs now.
std::string moved_to_cohort(std::string text, int cohort) {
    const int years = cohort - std::stoi(std::string(kRosterYear));
    if (years == 0) return text;
    for (std::size_t at = text.find(",20"); at != std::string::npos; at = text.find(",20", at + 1)) {
        const std::size_t end = text.find(',', at + 1);
        if (end != at + 7) continue;  // a month is YYYYMM
        text.replace(at + 1, 4, std::to_string(std::stoi(text.substr(at + 1, 4)) + years));
    }
    return text;
}

Result<void> put_demo_roster(Home& home) {
    const auto text = os::read_text(home.assets() / "demo/roster.csv");
    if (!text) return tl::make_unexpected(text.error());
    const auto imported =
        import_roster(home, moved_to_cohort(*text, home.campus().cohort()), operator_actor());
    if (!imported) return tl::make_unexpected(imported.error());
    if (!imported->faults.empty())
        throw Fault("the demo roster has a wrong line: " + std::to_string(imported->faults[0].line));
    return {};
}

// All demo accounts share one password and therefore one verifier, so that a demo campus is there at once.
void put_demo_accounts(Home& home) {
    const std::string verifier = crypto::password_verifier(kDemoPassword, home.random());
    std::vector<store::Account> accounts = {
        {{domain::Role::school, kDemoSchoolStaff, {}}, "王老师", verifier},
        {{domain::Role::school, kDemoSecondStaff, {}}, "李老师", verifier},
        {{domain::Role::province, kDemoProvince, {}}, "省级主管部门", verifier}};
    int number = 0;
    for (const std::string& department : home.store().graduates().departments())
        accounts.push_back({{domain::Role::department, "dept" + std::to_string(++number), department},
                            department,
                            verifier});
    const auto text = os::read_text(home.assets() / "demo/roster.csv");
    auto file = domain::RosterReader::open(*text, "", home.codes());
    while (const auto graduates = file->next())
        for (const domain::Form& graduate : *graduates)
            accounts.push_back(
                {{domain::Role::student, std::string(domain::value_of(graduate, "exam_number")), {}},
                 std::string(domain::value_of(graduate, "name")),
                 verifier});
    home.store().accounts().put(accounts, operator_actor());
}

}  // namespace

domain::Actor operator_actor() { return {domain::Role::school, "operator", {}}; }

Result<void> set_up_campus(Home& home, const domain::Form& given) {
    domain::Form settings = domain::preset_settings();
    settings.emplace("cohort", std::to_string(domain::cohort_on(day_in_china(home.clock().now()))));
    for (const auto& [key, value] : given) settings.insert_or_assign(key, value);
    for (const auto& [key, value] : settings)
        if (auto refusal = domain::check_setting(key, value)) return tl::make_unexpected(std::move(*refusal));
    store::Node node = home.store().log().node();
    node.school = domain::value_of(settings, "school_code");
    home.store().log().set_node(node);
    if (auto changed = home.store().campus().change(settings, operator_actor()); !changed) return changed;
    if (!home.issuing_key()) return {};
    const std::int64_t today = days_since_1970(day_in_china(home.clock().now()));
    home.store().campus().trust_key({home.issuing_key()->public_key(), node.school,
                                     domain::value_of(settings, "mode") == "demo", today, INT64_MAX},
                                    operator_actor());
    return {};
}

Result<void> set_up_demo(Home& home, const domain::Form& given) {
    domain::Form settings = {{"school_code", "99510"},
                             {"school_name", "天府示例大学"},
                             {"mode", "demo"},
                             {"parties", "3"},
                             {"verify_host", "WQ.EXAMPLE.CN"},
                             {"office_contact", "王老师"},
                             {"office_phone", "028-85000000"},
                             {"office_address", "四川省成都市示例大道1号"}};
    for (const auto& [key, value] : given) settings.insert_or_assign(key, value);
    if (auto done = set_up_campus(home, settings); !done) return done;
    if (auto done = put_demo_roster(home); !done) return done;
    if (auto done = put_demo_employers(home); !done) return done;
    put_demo_accounts(home);
    return {};
}

Result<RosterImport> import_roster(Home& home, std::string_view content, const domain::Actor& actor) {
    const auto text = os::text_of_unknown_encoding(content).and_then(
        [](const std::string& t) { return os::normal_text(t); });
    if (!text) return tl::make_unexpected(text.error());
    const domain::Campus campus = home.campus();
    auto file =
        domain::RosterReader::open(*text, campus.school_name(), home.codes(), campus.training_choices());
    if (!file) return tl::make_unexpected(file.error());
    RosterImport imported{home.store().graduates().import(*file, actor), file->faults(), file->rows()};
    for (const store::TakenValue& taken : imported.change.taken)
        imported.faults.push_back({file->line_of(taken.exam_number),
                                   file->column_name(taken.field),
                                   {"taken_by_another", {{"value", taken.value}}}});
    std::ranges::stable_sort(imported.faults, {}, &domain::RosterFault::line);
    return imported;
}

}  // namespace wq::desk
