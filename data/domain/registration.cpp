#include "data/domain/registration.h"

#include <algorithm>

namespace wq::domain {
namespace {

constexpr std::string_view kKinds[] = {"online", "offline", "supplement", "destination"};
constexpr std::string_view kStates[] = {"draft",
                                        "invited",
                                        "department_review",
                                        "school_review",
                                        "returned",
                                        "approved",
                                        "return_department_review",
                                        "return_school_review",
                                        "effective",
                                        "terminating",
                                        "void",
                                        "declined",
                                        "expired",
                                        "cancelled",
                                        "discarded",
                                        "deleted",
                                        "terminated"};
constexpr std::string_view kRoles[] = {"student", "employer", "department", "school", "province", "ministry"};

constexpr std::string_view kStages[] = {"asked",    "department_review", "school_review",
                                        "returned", "second_person",     "disagreed",
                                        "rejected", "revoked",           "done"};

template <class Enum>
std::optional<Enum> enum_named(std::span<const std::string_view> names, std::string_view name) {
    const auto at = std::ranges::find(names, name);
    if (at == names.end()) return std::nullopt;
    return static_cast<Enum>(at - names.begin());
}

cbor::Value texts(const std::vector<std::string>& values) {
    return cbor::Value(cbor::Array(values.begin(), values.end()));
}

std::vector<std::string> texts_from(const cbor::Value& value) {
    std::vector<std::string> texts;
    for (const cbor::Value& item : value.as_array()) texts.push_back(item.as_text());
    return texts;
}

}  // namespace

std::string_view name_of(Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }
std::string_view name_of(State state) { return kStates[static_cast<std::size_t>(state)]; }
std::string_view name_of(Role role) { return kRoles[static_cast<std::size_t>(role)]; }
std::string_view name_of(TerminationStage stage) { return kStages[static_cast<std::size_t>(stage)]; }
std::optional<Kind> kind_named(std::string_view name) { return enum_named<Kind>(kKinds, name); }
std::optional<State> state_named(std::string_view name) { return enum_named<State>(kStates, name); }
std::optional<Role> role_named(std::string_view name) { return enum_named<Role>(kRoles, name); }
std::optional<TerminationStage> termination_stage_named(std::string_view name) {
    return enum_named<TerminationStage>(kStages, name);
}

const Registration* barring(const std::vector<Registration>& others) {
    const Registration* live = nullptr;
    for (const Registration& other : others) {
        if (holds_slot(other.state)) return &other;
        if (!live && is_live(other.state)) live = &other;
    }
    return live;
}

Scope scope_of(const Actor& actor) {
    switch (actor.role) {
        case Role::school:
        case Role::province:
        case Role::ministry:
            return std::nullopt;
        case Role::department:
            return actor.department;
        case Role::student:
        case Role::employer:
            return std::string();
    }
    return std::string();
}

bool is_final(State state) { return state >= State::void_; }

bool is_live(State state) { return !is_final(state) && state != State::draft && state != State::invited; }

bool holds_slot(State state) {
    switch (state) {
        case State::approved:
        case State::return_department_review:
        case State::return_school_review:
        case State::effective:
        case State::terminating:
            return true;
        case State::draft:
        case State::invited:
        case State::department_review:
        case State::school_review:
        case State::returned:
        case State::void_:
        case State::declined:
        case State::expired:
        case State::cancelled:
        case State::discarded:
        case State::deleted:
        case State::terminated:
            return false;
    }
    return false;
}

Hash hash_from(ByteView bytes) {
    Hash hash{};
    if (bytes.size() == hash.size()) std::ranges::copy(bytes, hash.begin());
    return hash;
}

std::string_view title_of(const Form& form) {
    for (const char* key : {"employer_name", "study_school", "abroad_name", "venture_name"})
        if (const auto name = value_of(form, key); !name.empty()) return name;
    return {};
}

bool is_open(const std::optional<ReturnLink>& link, Instant now) { return link && now < link->expires; }

std::vector<Attachment> attachments_of(const Registration& record) {
    std::vector<Attachment> all;
    for (const ReturnedPage& page : record.pages)
        all.push_back({"page:" + std::to_string(page.page), page.picture, page.size, page.media_type});
    all.insert(all.end(), record.attachments.begin(), record.attachments.end());
    if (!record.termination) return all;
    all.insert(all.end(), record.termination->papers.begin(), record.termination->papers.end());
    all.insert(all.end(), record.termination->talks.begin(), record.termination->talks.end());
    return all;
}

cbor::Value to_cbor(const Paper& paper) {
    cbor::Value value;
    value.set("revision", paper.revision)
        .set("template", paper.template_version)
        .set("content", to_cbor(paper.content));
    value.set("salt", paper.salt).set("digest", ByteView(paper.digest));
    value.set("upper", texts(paper.upper_codes)).set("lower", texts(paper.lower_codes));
    return value;
}

Paper paper_from_cbor(const cbor::Value& value) {
    return {
        value["revision"].as_int(), value["template"].as_text(),           form_from_cbor(value["content"]),
        value["salt"].as_bytes(),   hash_from(value["digest"].as_bytes()), texts_from(value["upper"]),
        texts_from(value["lower"])};
}

cbor::Value to_cbor(const ReturnedPage& page) {
    cbor::Value value;
    value.set("page", page.page).set("picture", ByteView(page.picture)).set("size", page.size);
    value.set("media_type", page.media_type).set("checks", to_cbor(page.checks));
    return value;
}

ReturnedPage returned_page_from_cbor(const cbor::Value& value) {
    return {static_cast<int>(value["page"].as_int()), hash_from(value["picture"].as_bytes()),
            value["size"].as_int(), value["media_type"].as_text(), form_from_cbor(value["checks"])};
}

cbor::Value to_cbor(const ReturnLink& link) {
    cbor::Value value;
    value.set("serial", link.serial).set("expires", link.expires.ms);
    return value;
}

std::optional<ReturnLink> return_link_from_cbor(const cbor::Value& value) {
    if (!value.has("serial")) return std::nullopt;
    return ReturnLink{value["serial"].as_int(), {value["expires"].as_int()}};
}

cbor::Value to_cbor(const std::vector<Attachment>& attachments) {
    cbor::Array values;
    for (const Attachment& attachment : attachments) {
        cbor::Value value;
        value.set("kind", attachment.kind).set("picture", ByteView(attachment.picture));
        value.set("size", attachment.size).set("media_type", attachment.media_type);
        values.push_back(std::move(value));
    }
    return cbor::Value(std::move(values));
}

std::vector<Attachment> attachments_from_cbor(const cbor::Value& value) {
    std::vector<Attachment> attachments;
    for (const cbor::Value& item : value.as_array())
        attachments.push_back({item["kind"].as_text(), hash_from(item["picture"].as_bytes()),
                               item["size"].as_int(), item["media_type"].as_text()});
    return attachments;
}

cbor::Value to_cbor(const Termination& termination) {
    cbor::Value value;
    value.set("initiator", name_of(termination.initiator)).set("stage", name_of(termination.stage));
    value.set("reason", termination.reason).set("papers", to_cbor(termination.papers));
    if (!termination.form.empty()) value.set("form", to_cbor(termination.form));
    if (!termination.verified.empty()) value.set("verified", termination.verified);
    if (termination.forced_by.empty()) return value;
    value.set("forced_by", termination.forced_by).set("forced_reason", termination.forced_reason);
    value.set("talks", to_cbor(termination.talks));
    return value;
}

std::optional<Termination> termination_from_cbor(const cbor::Value& value) {
    const auto initiator = role_named(value["initiator"].as_text());
    const auto stage = termination_stage_named(value["stage"].as_text());
    if (!initiator || !stage) return std::nullopt;
    return Termination{*initiator,
                       *stage,
                       value["reason"].as_text(),
                       attachments_from_cbor(value["papers"]),
                       value["verified"].as_text(),
                       value["forced_by"].as_text(),
                       value["forced_reason"].as_text(),
                       form_from_cbor(value["form"]),
                       attachments_from_cbor(value["talks"])};
}

cbor::Value to_cbor(const Registration& record) {
    cbor::Array pages;
    for (const ReturnedPage& page : record.pages) pages.push_back(to_cbor(page));
    cbor::Value value;
    value.set("id", record.id.view())
        .set("kind", name_of(record.kind))
        .set("exam_number", record.exam_number);
    value.set("state", name_of(record.state))
        .set("revision", record.revision)
        .set("initiator", name_of(record.initiator));
    value.set("form", to_cbor(record.form)).set("number", record.number).set("pages", std::move(pages));
    if (record.paper) value.set("paper", to_cbor(*record.paper));
    if (record.link) value.set("link", to_cbor(*record.link));
    if (!record.attachments.empty()) value.set("attachments", to_cbor(record.attachments));
    if (record.termination) value.set("termination", to_cbor(*record.termination));
    if (record.expires.ms > 0) value.set("expires", record.expires.ms);
    if (record.effective.ms > 0) value.set("effective", record.effective.ms);
    if (!record.comment_on.empty()) value.set("comment_on", texts(record.comment_on));
    value.set("comment", record.comment).set("created", record.created.ms).set("changed", record.changed.ms);
    return value;
}

std::optional<Registration> registration_from_cbor(const cbor::Value& value) {
    const auto id = uuid_from_bytes(value["id"].as_bytes());
    const auto kind = kind_named(value["kind"].as_text());
    const auto state = state_named(value["state"].as_text());
    const auto initiator = role_named(value["initiator"].as_text());
    if (!id || !kind || !state || !initiator) return std::nullopt;
    Registration record{*id,
                        *kind,
                        value["exam_number"].as_text(),
                        *state,
                        value["revision"].as_int(),
                        *initiator,
                        form_from_cbor(value["form"]),
                        value["number"].as_text(),
                        std::nullopt,
                        return_link_from_cbor(value["link"]),
                        {},
                        attachments_from_cbor(value["attachments"]),
                        termination_from_cbor(value["termination"]),
                        value["comment"].as_text(),
                        texts_from(value["comment_on"]),
                        {value["created"].as_int()},
                        {value["changed"].as_int()},
                        {value["expires"].as_int()},
                        {value["effective"].as_int()}};
    if (value.has("paper")) record.paper = paper_from_cbor(value["paper"]);
    for (const cbor::Value& page : value["pages"].as_array())
        record.pages.push_back(returned_page_from_cbor(page));
    return record;
}

}  // namespace wq::domain
