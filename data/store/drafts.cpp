#include "data/store/drafts.h"

#include "data/store/core.h"
#include "data/store/projection.h"

#include <algorithm>

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
                : domain::attachments_from_cbor(core.unseal_cbor(bytes_at(row, 6), "draft.attachments")),
            row.isColumnNull(7) ? std::nullopt : std::optional(int_at(row, 7))};
}

domain::Event event_of(Core& core, const std::string& exam_number, const Uuid& id) {
    domain::Event event = core.new_event(domain::event_type::kDraft, {domain::Role::student, exam_number});
    event.exam_number = exam_number;
    event.body.set("draft", id.view());
    return event;
}

std::string gone_key(ByteView id) { return "draft_gone." + to_hex(id); }

// When it went away, where it has; it may come back, later than that.
std::int64_t gone_since(Core& core, ByteView id) {
    const std::string since = core.meta(gone_key(id));
    return since.empty() ? 0 : std::stoll(since);
}

// The time of a change here: not before what is known already, whatever the clock says. Else the later
// change would be the one that everybody drops.
std::int64_t time_of_change(Core& core, const Uuid& id) {
    auto select = core.sql("SELECT changed_ms FROM draft WHERE id = ?");
    bind_at(select, 1, id.view());
    const std::int64_t kept = select.executeStep() ? int_at(select, 0) : 0;
    return std::max(core.now().ms, std::max(kept, gone_since(core, id.view())) + 1);
}

Bytes content_of(const domain::Form& form, const std::vector<domain::Attachment>& attachments) {
    Bytes content = cbor::encode(domain::to_cbor(form));
    append(content, cbor::encode(domain::to_cbor(attachments)));
    return content;
}

// Each node comes to the same whatever the order in which changes reach it: the latest stands, and of two at
// the same moment that it is gone, or else the one with the greater content.
bool stands(Core& core, const cbor::Value& body) {
    const std::int64_t changed = body["changed"].as_int();
    const Bytes& id = body["draft"].as_bytes();
    if (changed <= gone_since(core, id)) return false;
    const auto kept = uuid_from_bytes(id) ? Drafts(core).find(*uuid_from_bytes(id)) : std::nullopt;
    if (!kept || kept->changed.ms != changed) return !kept || kept->changed.ms < changed;
    return body["gone"].as_bool() || content_of(kept->form, kept->attachments) <
                                         content_of(domain::form_from_cbor(body["form"]),
                                                    domain::attachments_from_cbor(body["attachments"]));
}

void remove(Core& core, ByteView id) {
    auto remove = core.sql("DELETE FROM draft WHERE id = ?");
    bind_at(remove, 1, id);
    remove.exec();
}

}  // namespace

// As another node has it, or this one had before it was restored.
void project_draft(Core& core, const domain::Event& event) {
    const cbor::Value& body = event.body;
    if (!stands(core, body)) return;
    const Bytes& id = body["draft"].as_bytes();
    remove(core, id);
    if (body["gone"].as_bool()) return core.set_meta(gone_key(id), std::to_string(body["changed"].as_int()));
    auto insert = core.sql(
        "INSERT INTO draft (id, kind, exam_number, step, form, changed_ms, attachments, told_ms, seen)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?6, ?8)");
    bind_at(insert, 1, ByteView(id));
    bind_at(insert, 2, body["kind"].as_text());
    bind_at(insert, 3, event.exam_number);
    insert.bind(4, body["step"].as_int());
    bind_at(insert, 5, core.seal(cbor::encode(body["form"]), "draft.form"));
    insert.bind(6, body["changed"].as_int());
    bind_at(insert, 7, core.seal(cbor::encode(body["attachments"]), "draft.attachments"));
    if (body.has("seen")) insert.bind(8, body["seen"].as_int());
    insert.exec();
}

void Drafts::keep(const Draft& draft) {
    core_->transaction([&] {
        const std::int64_t changed = time_of_change(*core_, draft.id);
        auto upsert = core_->sql(
            "INSERT INTO draft (id, kind, exam_number, step, form, changed_ms, attachments, seen)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET step = excluded.step, form = excluded.form, changed_ms = "
            "excluded.changed_ms, attachments = excluded.attachments, seen = excluded.seen");
        bind_at(upsert, 1, draft.id.view());
        bind_at(upsert, 2, domain::name_of(draft.kind));
        bind_at(upsert, 3, draft.exam_number);
        upsert.bind(4, draft.step);
        bind_at(upsert, 5, core_->seal(cbor::encode(domain::to_cbor(draft.form)), "draft.form"));
        upsert.bind(6, changed);
        bind_at(upsert, 7,
                core_->seal(cbor::encode(domain::to_cbor(draft.attachments)), "draft.attachments"));
        if (draft.seen) upsert.bind(8, *draft.seen);
        upsert.exec();
    });
}

std::optional<Draft> Drafts::find(const Uuid& id) const {
    auto select = core_->sql(
        "SELECT id, kind, exam_number, step, form, changed_ms, attachments, seen FROM draft WHERE id = ?");
    bind_at(select, 1, id.view());
    return select.executeStep() ? std::optional(draft_from(*core_, select)) : std::nullopt;
}

std::vector<Draft> Drafts::of_student(std::string_view exam_number) const {
    auto select = core_->sql(
        "SELECT id, kind, exam_number, step, form, changed_ms, attachments, seen FROM draft WHERE "
        "exam_number = ? "
        "ORDER BY "
        "changed_ms DESC");
    bind_at(select, 1, exam_number);
    std::vector<Draft> drafts;
    while (select.executeStep()) drafts.push_back(draft_from(*core_, select));
    return drafts;
}

// Other nodes that were told of it are told that it is gone.
void Drafts::discard(const Uuid& id) {
    core_->transaction([&] {
        auto told = core_->sql("SELECT exam_number FROM draft WHERE id = ? AND told_ms > 0");
        bind_at(told, 1, id.view());
        if (told.executeStep()) {
            domain::Event event = event_of(*core_, text_at(told, 0), id);
            const std::int64_t changed = time_of_change(*core_, id);
            event.body.set("changed", changed).set("gone", true);
            core_->append(event);
            core_->set_meta(gone_key(id.view()), std::to_string(changed));
        }
        remove(*core_, id.view());
    });
}

bool Drafts::has_untold() const {
    return core_->sql("SELECT 1 FROM draft WHERE changed_ms > told_ms LIMIT 1").executeStep();
}

void Drafts::tell() {
    core_->transaction([&] {
        std::vector<Draft> untold;
        {
            auto select = core_->sql(
                "SELECT id, kind, exam_number, step, form, changed_ms, attachments, seen FROM draft"
                " WHERE changed_ms > told_ms ORDER BY changed_ms");
            while (select.executeStep()) untold.push_back(draft_from(*core_, select));
        }
        for (const Draft& draft : untold) {
            domain::Event event = event_of(*core_, draft.exam_number, draft.id);
            event.body.set("changed", draft.changed.ms).set("gone", false);
            event.body.set("kind", domain::name_of(draft.kind)).set("step", draft.step);
            event.body.set("form", domain::to_cbor(draft.form));
            event.body.set("attachments", domain::to_cbor(draft.attachments));
            if (draft.seen) event.body.set("seen", *draft.seen);
            core_->append(event);
            auto update = core_->sql("UPDATE draft SET told_ms = changed_ms WHERE id = ?");
            bind_at(update, 1, draft.id.view());
            update.exec();
        }
    });
}

}  // namespace wq::store
