// Faults that the simulator is shown to find: each is a change of the programs' own source, made in copies
// that only `wq_sim_faults` is built of (plant.cpp makes them), and switched on one at a time. An original
// that stands no longer exactly once in its file stops the build: then its line here has to follow.
#pragma once

#include <string_view>

namespace wq::sim {

struct Fault {
    std::string_view name, file, original, planted;
};

// PLANTED(name) is true where that fault is on.
inline constexpr Fault kFaults[] = {
    // Acknowledged before it is on the disk.
    {"node_normal", "data/store/core.cpp", R"(database_.exec("PRAGMA synchronous = FULL");)",
     R"(database_.exec(PLANTED(node_normal) ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL");)"},
    {"node_normal", "data/store/core.cpp", R"(if (pragma(database_, "PRAGMA synchronous") != 2))",
     R"(if (!PLANTED(node_normal) && pragma(database_, "PRAGMA synchronous") != 2))"},
    {"platform_normal", "sync/platform/database.cpp", R"(sql << "PRAGMA synchronous = FULL";)",
     R"(sql << (PLANTED(platform_normal) ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL");)"},
    {"platform_normal", "sync/platform/database.cpp", "synchronous < 2",
     "(synchronous < 2 && !PLANTED(platform_normal))"},
    {"file_not_synced", "data/os/files.cpp", "durable == Durable::now && ::fsync(out.get()) != 0",
     "durable == Durable::now && !PLANTED(file_not_synced) && ::fsync(out.get()) != 0"},
    // Numbers of the feed are given as a sequence gives them, and not taken back with the transaction.
    {"feed_sequence", "sync/platform/feed.cpp", "    head.chain = hash_of(chain);\n    return head;",
     "    head.chain = hash_of(chain);\n"
     "    if (PLANTED(feed_sequence)) head.last = std::max(head.last, ::wq::sim::kept(school_));\n"
     "    return head;"},
    {"feed_sequence", "sync/platform/feed.cpp", "head.last = entry.feed;",
     "head.last = entry.feed, ::wq::sim::kept(school_) = entry.feed;"},
    {"no_slot", "sync/platform/judge.cpp",
     "    if (other) return tl::make_unexpected(domain::engaged_with(*other));\n"
     "    if (!tables.take_slot(",
     "    if (PLANTED(no_slot)) return {};\n"
     "    if (other) return tl::make_unexpected(domain::engaged_with(*other));\n"
     "    if (!tables.take_slot("},
    {"no_slot", "sync/platform/judge.cpp", "other ? &*other : nullptr",
     "other && !PLANTED(no_slot) ? &*other : nullptr"},
    {"no_idempotency", "sync/platform/ingest.cpp", "if (arrival.number > node_->last) break;",
     "if (arrival.number > node_->last || PLANTED(no_idempotency)) break;"},
    {"no_idempotency", "sync/platform/ingest.cpp", "if (arrival.number > node_->last) take_new(arrival);",
     "if (arrival.number > node_->last || PLANTED(no_idempotency)) take_new(arrival);"},
    {"verdicts_not_final", "sync/platform/ingest.cpp", "verdicts_.push_back(stored->answer);",
     "verdicts_.push_back(stored->answer);\n"
     "            if (PLANTED(verdicts_not_final))\n"
     "                verdicts_.back().verdict = protocol::verdict::kAccepted, verdicts_.back().why = {};"},
    // What is expected is a revision alone, whichever branch it was counted on.
    {"unseen_act", "sync/platform/judge.cpp", "!tables.knows_last_act(",
     "!PLANTED(unseen_act) && !tables.knows_last_act("},
    {"expire_after_accept", "sync/platform/push_line.cpp", "expire_invitations(ledger, *world_.random);",
     "if (!PLANTED(expire_after_accept)) expire_invitations(ledger, *world_.random);"},
    {"replay", "sync/platform/api.cpp", "if (!nonces_.emplace(std::move(key),",
     "if (!PLANTED(replay) && !nonces_.emplace(std::move(key),"},
    {"receipts_unchecked", "sync/client/events_round.cpp",
     "return key.verify(protocol::receipt_message(answer), answer.receipt);",
     "return PLANTED(receipts_unchecked) || key.verify(protocol::receipt_message(answer), answer.receipt);"},
    {"feed_chain_unchecked", "sync/client/events_round.cpp", "if (chain != page->chain ||",
     "if ((chain != page->chain && !PLANTED(feed_chain_unchecked)) ||"},
    {"picture_sent_early", "sync/client/pictures_round.cpp",
     "    if (picture.size <= static_cast<std::int64_t>(protocol::kPartSize)) return send_small(picture);",
     "    if (PLANTED(picture_sent_early)) parts_->pictures->note_sent(picture.hash);\n"
     "    if (picture.size <= static_cast<std::int64_t>(protocol::kPartSize)) return send_small(picture);"},
    {"cursor_first", "data/store/feed.cpp", "std::int64_t at = cursor_of(*core_);",
     "std::int64_t at = cursor_of(*core_);\n"
     "        if (PLANTED(cursor_first)) {\n"
     "            core_->set_meta(\"feed_cursor\", std::to_string(at + "
     "static_cast<std::int64_t>(rows.size())));\n"
     "            core_->set_meta(\"feed_chain\", to_hex(chain));\n"
     "            core_->sql(\"COMMIT\").exec();\n"
     "            core_->sql(\"BEGIN IMMEDIATE\").exec();\n"
     "        }"},
    {"own_not_on_top", "data/store/feed.cpp",
     "for (const std::string& type : touched.types) project_unanswered(*core_, type);",
     "if (!PLANTED(own_not_on_top))\n"
     "            for (const std::string& type : touched.types) project_unanswered(*core_, type);"},
    {"conflicts_dropped", "data/store/feed.cpp",
     "if (known.own && !accepted) add_conflict(core, event, row.code);",
     "if (known.own && !accepted && !PLANTED(conflicts_dropped)) add_conflict(core, event, row.code);"},
    {"conflicts_dropped", "data/store/log.cpp", "add_conflict(*core_, *event, verdict.code);",
     "if (!PLANTED(conflicts_dropped)) add_conflict(*core_, *event, verdict.code);"},
    // The outbox's event and the row that it makes, in two transactions.
    {"split_act", "data/store/registrations.cpp",
     "    core.append(event);\n    write_registration(core, step->after);",
     "    core.append(event);\n"
     "    if (PLANTED(split_act)) core.sql(\"COMMIT\").exec(), core.sql(\"BEGIN IMMEDIATE\").exec();\n"
     "    write_registration(core, step->after);"},
    {"picture_row_first", "data/store/pictures.cpp",
     "    // The file first: a row never names a picture that a power cut took.\n",
     "    if (PLANTED(picture_row_first)) core_->transaction([&] {\n"
     "        auto early = core_->sql(\"INSERT INTO picture (hash, size, media_type, here, sent, wanted)\"\n"
     "                                \" VALUES (?, 0, '', 1, 0, 0) ON CONFLICT (hash) DO UPDATE SET here = "
     "1\");\n"
     "        bind_at(early, 1, picture.hash);\n"
     "        early.exec();\n"
     "    });\n"},
    {"draft_by_clock", "data/store/drafts.cpp",
     "return std::max(core.now().ms, std::max(kept, gone_since(core, id.view())) + 1);",
     "return PLANTED(draft_by_clock) ? core.now().ms\n"
     "                                   : std::max(core.now().ms, std::max(kept, gone_since(core, "
     "id.view())) + 1);"},
};

}  // namespace wq::sim
