// The register's doors without an account: a printed code, a return link.
#include "data/base/utf8.h"
#include "data/crypto/return_link.h"
#include "pdf/scan/page_checks.h"
#include "sync/platform/author.h"
#include "sync/platform/registry_parts.h"

#include <algorithm>

namespace wq::platform {

Result<Verification> Registry::verify(const std::string& code_text) {
    const auto claimed = domain::signed_code_from_text(code_text);
    if (!claimed) return tl::make_unexpected(claimed.error());
    const auto unproven = domain::decode_print_code(claimed->body);
    if (!unproven) return tl::make_unexpected(unproven.error());
    return parts_->connections.read([&](Database& database) -> Result<Verification> {
        SchoolTables tables(database, unproven->school());
        const auto code = tables.trust().check(code_text, unproven->sample);
        if (!code) return tl::make_unexpected(code.error());
        const auto record = tables.registration(code->registration);
        if (!record) return refuse("record_unknown");
        const auto graduate = tables.graduate(record->exam_number);
        return Verification{*code, record->state, graduate ? masked_name((*graduate)["name"]) : "",
                            std::string(domain::value_of(record->form, "employer_name")),
                            record->paper && record->paper->revision == code->revision};
    });
}

namespace {

Result<OpenLink> link_of(Database& database, const std::string& token, Instant now) {
    const auto target = crypto::return_target(token);
    if (!target || !Nodes(database).has_school(target->school)) return refuse("link_unknown");
    SchoolTables tables(database, target->school);
    auto record = tables.registration(target->registration);
    if (!record) return refuse("link_unknown");
    if (auto open = crypto::check_return_token(token, *record, now); !open)
        return tl::make_unexpected(open.error());
    const auto graduate = tables.graduate(record->exam_number);
    OpenLink link{tables.campus().school_name(),
                  graduate ? masked_name((*graduate)["name"]) : "",
                  tables.campus().is_demo(),
                  std::move(*record),
                  tables.trust(),
                  {}};
    link.pages = tables.link_pages(link.record.id, link.record.paper->revision);
    return link;
}

// Of two pictures of a page, the one before is better.
bool is_better(const std::vector<domain::ReturnedPage>& held, const domain::ReturnedPage& page) {
    const auto before = std::ranges::find(held, page.page, &domain::ReturnedPage::page);
    return before != held.end() && scan::is_well_taken(before->checks) && !scan::is_well_taken(page.checks);
}

}  // namespace

Result<OpenLink> Registry::open_link(const std::string& token) {
    return parts_->connections.read([&](Database& database) { return link_of(database, token, now()); });
}

Result<std::vector<domain::ReturnedPage>> Registry::keep_link_pages(const std::string& token,
                                                                    std::vector<ReadPage> pages) {
    using Pages = std::vector<domain::ReturnedPage>;
    const auto link = open_link(token);
    if (!link) return tl::make_unexpected(link.error());
    const std::string school = crypto::return_target(token)->school;
    std::erase_if(pages, [&](const ReadPage& read) { return is_better(link->pages, read.page); });
    for (ReadPage& read : pages) {
        const auto kept = parts_->blobs.keep(school, read.picture, read.page.media_type, now());
        if (!kept) return tl::make_unexpected(kept.error());
        read.page.picture = *kept;
    }
    return parts_->connections.write([&](Database& database) -> Result<Pages> {
        const auto still = link_of(database, token, now());
        if (!still) return tl::make_unexpected(still.error());
        SchoolTables tables(database, school);
        const std::int64_t paper = still->record.paper->revision;
        for (const ReadPage& read : pages) tables.put_link_page(still->record.id, paper, read.page);
        return tables.link_pages(still->record.id, paper);
    });
}

Result<domain::Registration> Registry::return_by_link(const std::string& token) {
    return parts_->connections.write([&](Database& database) -> Result<domain::Registration> {
        const auto target = crypto::return_target(token);
        if (!target || !Nodes(database).has_school(target->school)) return refuse("link_unknown");
        Ledger ledger = parts_->ledger(database, target->school);
        const auto link = link_of(database, token, now());
        if (!link) return tl::make_unexpected(link.error());
        domain::Command command{domain::Action::return_paper,
                                {domain::Role::employer, to_text(link->record.id)}};
        command.pages = link->pages;
        auto after = Author(ledger, *parts_->random)
                         .act(link->record.id, link->record.kind, link->record.exam_number, command);
        if (!after) return after;
        ledger.tables().clear_link_pages(link->record.id);
        ledger.finish();
        return after;
    });
}

}  // namespace wq::platform
