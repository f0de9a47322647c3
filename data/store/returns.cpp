#include "data/store/returns.h"

#include "data/store/core.h"

namespace wq::store {

std::vector<domain::ReturnedPage> Returns::add(const Uuid& registration, std::int64_t paper_revision,
                                               const domain::ReturnedPage& page) {
    core_->transaction([&] {
        auto upsert = core_->sql(
            "INSERT INTO returned_page (registration, paper_revision, page, entry) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (registration, paper_revision, page) DO UPDATE SET entry = excluded.entry");
        bind_at(upsert, 1, registration.view());
        upsert.bind(2, paper_revision);
        upsert.bind(3, page.page);
        bind_at(upsert, 4, core_->seal(cbor::encode(domain::to_cbor(page)), "returned_page.entry"));
        upsert.exec();
    });
    return pages(registration, paper_revision);
}

std::vector<domain::ReturnedPage> Returns::pages(const Uuid& registration,
                                                 std::int64_t paper_revision) const {
    auto select = core_->sql(
        "SELECT entry FROM returned_page WHERE registration = ? AND paper_revision = ? ORDER BY page");
    bind_at(select, 1, registration.view());
    select.bind(2, paper_revision);
    std::vector<domain::ReturnedPage> pages;
    while (select.executeStep())
        pages.push_back(
            domain::returned_page_from_cbor(core_->unseal_cbor(bytes_at(select, 0), "returned_page.entry")));
    return pages;
}

void Returns::clear(const Uuid& registration) {
    core_->transaction([&] {
        auto remove = core_->sql("DELETE FROM returned_page WHERE registration = ?");
        bind_at(remove, 1, registration.view());
        remove.exec();
    });
}

void Returns::put_in_tray(const TrayItem& item) {
    core_->transaction([&] {
        auto insert = core_->sql(
            "INSERT INTO tray (picture, source, reason, received_ms, likely_number, likely_page)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
        bind_at(insert, 1, item.picture.hash);
        bind_at(insert, 2, item.source);
        bind_at(insert, 3, item.reason);
        insert.bind(4, core_->now().ms);
        bind_at(insert, 5, item.likely_number);
        insert.bind(6, item.likely_page);
        insert.exec();
    });
}

std::vector<TrayItem> Returns::tray() const {
    auto select = core_->sql(
        "SELECT t.id, p.hash, p.size, p.media_type, t.source, t.reason, t.received_ms, t.likely_number,"
        " t.likely_page FROM tray t JOIN picture p ON p.hash = t.picture WHERE t.settled_ms IS NULL"
        " ORDER BY t.id");
    std::vector<TrayItem> items;
    while (select.executeStep())
        items.push_back({int_at(select, 0),
                         {domain::hash_from(bytes_at(select, 1)), int_at(select, 2), text_at(select, 3)},
                         text_at(select, 4),
                         text_at(select, 5),
                         {int_at(select, 6)},
                         text_at(select, 7),
                         static_cast<int>(int_at(select, 8))});
    return items;
}

Result<void> Returns::settle(std::int64_t tray_item) {
    return core_->transaction([&]() -> Result<void> {
        auto update = core_->sql("UPDATE tray SET settled_ms = ? WHERE id = ? AND settled_ms IS NULL");
        update.bind(1, core_->now().ms);
        update.bind(2, tray_item);
        if (update.exec() == 0) return refuse("tray_item_unknown");
        return {};
    });
}

}  // namespace wq::store
