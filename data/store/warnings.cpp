#include "data/store/warnings.h"

#include "data/base/utf8.h"
#include "data/domain/numbers.h"
#include "data/store/core.h"
#include "data/store/projection.h"

namespace wq::store {
namespace {

Result<void> check_school(const domain::Actor& actor, const char* action) {
    if (actor.role == domain::Role::school) return {};
    return refuse(
        "not_allowed",
        {{"state", "warning"}, {"action", action}, {"role", std::string(domain::name_of(actor.role))}});
}

Warning warning_from(const cbor::Value& entry) {
    return {entry["credit_code"].as_text(),
            entry["employer_name"].as_text(),
            entry["category"].as_text(),
            entry["reason"].as_text(),
            domain::attachments_from_cbor(entry["evidence"]),
            entry["marked_by"].as_text(),
            {entry["when"].as_int()}};
}

std::optional<Warning> own_mark(Core& core, std::string_view credit_code) {
    auto select = core.sql("SELECT entry FROM warning WHERE credit_code = ?");
    bind_at(select, 1, credit_code);
    if (!select.executeStep()) return std::nullopt;
    return warning_from(core.unseal_cbor(bytes_at(select, 0), "warning.entry"));
}

void write(Core& core, const domain::Actor& actor, cbor::Value body) {
    core.transaction([&] {
        domain::Event event = core.new_event(domain::event_type::kWarning, actor);
        event.body = std::move(body);
        core.append(event);
        project(core, event);
    });
}

}  // namespace

Result<void> Warnings::mark(const Warning& warning, const domain::Actor& actor, std::optional<Instant> seen) {
    if (auto school = check_school(actor, "mark"); !school) return school;
    if (auto wrong = domain::check_credit_code(warning.credit_code);
        wrong && wrong->code != "credit_code_check")
        return tl::make_unexpected(std::move(*wrong));
    if (!core_->codes().table("warning_category").find(warning.category))
        return refuse("code_unknown", {{"code", warning.category}});
    if (trimmed(warning.reason).empty()) return refuse("reason_required");
    if (trimmed(warning.employer_name).empty()) return refuse("employer_name_missing");
    if (warning.evidence.empty()) return refuse("evidence_missing");
    const auto before = own_mark(*core_, warning.credit_code);
    if (seen && *seen != (before ? before->when : Instant{}))
        return refuse("warning_changed", {{"account", before ? before->marked_by : std::string()}});
    cbor::Value body;
    body.set("credit_code", warning.credit_code).set("employer_name", warning.employer_name);
    body.set("category", warning.category).set("reason", trimmed(warning.reason));
    body.set("evidence", domain::to_cbor(warning.evidence)).set("marked_by", actor.account);
    body.set("when", core_->now().ms).set("lifted", false);
    write(*core_, actor, std::move(body));
    return {};
}

Result<void> Warnings::lift(std::string_view credit_code, const domain::Actor& actor) {
    if (auto school = check_school(actor, "lift"); !school) return school;
    if (!own_mark(*core_, credit_code)) return refuse("warning_unknown");
    cbor::Value body;
    body.set("credit_code", credit_code).set("lifted", true);
    write(*core_, actor, std::move(body));
    return {};
}

std::optional<Warning> Warnings::shown(std::string_view credit_code) const {
    std::optional<Warning> found = own_mark(*core_, credit_code);
    auto shared = core_->sql("SELECT schools, categories FROM shared_warning WHERE credit_code = ?");
    bind_at(shared, 1, credit_code);
    if (!shared.executeStep()) return found;
    const std::int64_t schools = int_at(shared, 0);
    if (!found && schools >= kSchoolsForAll) {
        found = Warning{};
        found->credit_code = credit_code;
        found->category = text_at(shared, 1);
    }
    if (found) found->schools = schools;
    return found;
}

std::vector<Warning> Warnings::own() const {
    auto select = core_->sql(
        "SELECT entry, coalesce(schools, 0) FROM warning LEFT JOIN shared_warning"
        " USING (credit_code) ORDER BY credit_code");
    std::vector<Warning> warnings;
    while (select.executeStep()) {
        warnings.push_back(warning_from(core_->unseal_cbor(bytes_at(select, 0), "warning.entry")));
        warnings.back().schools = int_at(select, 1);
    }
    return warnings;
}

std::vector<Warning> Warnings::nationwide() const {
    auto select = core_->sql(
        "SELECT credit_code, categories, schools FROM shared_warning WHERE schools >= ?"
        " AND credit_code NOT IN (SELECT credit_code FROM warning) ORDER BY credit_code");
    select.bind(1, kSchoolsForAll);
    std::vector<Warning> warnings;
    while (select.executeStep()) {
        Warning warning;
        warning.credit_code = text_at(select, 0);
        warning.category = text_at(select, 1);
        warning.schools = int_at(select, 2);
        warnings.push_back(std::move(warning));
    }
    return warnings;
}

}  // namespace wq::store
