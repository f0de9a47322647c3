#include "data/store/drafts.h"

#include "data/store/core.h"

namespace wq::store {
namespace {

Draft draft_from(Core& core, SQLite::Statement& row) {
    return {uuid_from_bytes(bytes_at(row, 0)).value_or(Uuid{}),
            domain::kind_named(text_at(row, 1)).value_or(domain::Kind::offline),
            text_at(row, 2),
            static_cast<int>(int_at(row, 3)),
            domain::form_from_cbor(core.unseal_cbor(bytes_at(row, 4), "draft.form")),
            {int_at(row, 5)},
            row.isColumnNull(6)
                ? std::vector<domain::Attachment>()
                : domain::attachments_from_cbor(core.unseal_cbor(bytes_at(row, 6), "draft.attachments"))};
}

}  // namespace

void Drafts::keep(const Draft& draft) {
    core_->transaction([&] {
        auto upsert = core_->sql(
            "INSERT INTO draft (id, kind, exam_number, step, form, changed_ms, attachments)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET step = excluded.step, form = excluded.form, changed_ms = "
            "excluded.changed_ms, attachments = excluded.attachments");
        bind_at(upsert, 1, draft.id.view());
        bind_at(upsert, 2, domain::name_of(draft.kind));
        bind_at(upsert, 3, draft.exam_number);
        upsert.bind(4, draft.step);
        bind_at(upsert, 5, core_->seal(cbor::encode(domain::to_cbor(draft.form)), "draft.form"));
        upsert.bind(6, core_->now().ms);
        bind_at(upsert, 7,
                core_->seal(cbor::encode(domain::to_cbor(draft.attachments)), "draft.attachments"));
        upsert.exec();
    });
}

std::optional<Draft> Drafts::find(const Uuid& id) const {
    auto select = core_->sql(
        "SELECT id, kind, exam_number, step, form, changed_ms, attachments FROM draft WHERE id = ?");
    bind_at(select, 1, id.view());
    return select.executeStep() ? std::optional(draft_from(*core_, select)) : std::nullopt;
}

std::vector<Draft> Drafts::of_student(std::string_view exam_number) const {
    auto select = core_->sql(
        "SELECT id, kind, exam_number, step, form, changed_ms, attachments FROM draft WHERE exam_number = ? "
        "ORDER BY "
        "changed_ms DESC");
    bind_at(select, 1, exam_number);
    std::vector<Draft> drafts;
    while (select.executeStep()) drafts.push_back(draft_from(*core_, select));
    return drafts;
}

void Drafts::discard(const Uuid& id) {
    core_->transaction([&] {
        auto remove = core_->sql("DELETE FROM draft WHERE id = ?");
        bind_at(remove, 1, id.view());
        remove.exec();
    });
}

}  // namespace wq::store
