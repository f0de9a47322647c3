// Other destinations: each code's fields and materials, item by item (R24, R25), and invitations' guards
// (R14).
#include "data/domain/destinations.h"

#include "tests/data/samples.h"

#include <boost/test/unit_test.hpp>

using namespace wq;
using namespace wq::domain;
using test::World;

namespace {

Form form_for(const std::string& code) {
    Form form = {{"destination", code}};
    const Form good = {{"employer_name", "成都云杉示例软件有限公司"},
                       {"credit_code", test::kEmployer},
                       {"employer_nature", "39"},
                       {"industry", "34"},
                       {"region", "510107"},
                       {"address", "天府示例大道100号"},
                       {"post", "13"},
                       {"contact_name", "周明远"},
                       {"contact_mobile", "13800020000"},
                       {"hiring_form", "1"},
                       {"starts_on", "2026-07-01"},
                       {"monthly_pay", "6000"},
                       {"enlistment_region", "510107"},
                       {"study_school", "示例工业大学"},
                       {"abroad_purpose", "1"},
                       {"country", "SGP"},
                       {"abroad_name", "示例海外大学"},
                       {"abroad_name_foreign", "Example University"},
                       {"venture_name", "云杉工作室"},
                       {"venture_role", "1"},
                       {"venture_address", "https://shop.example.com/yunshan"},
                       {"activity", "手工木作"}};
    for (const Field& field : fields_of_destination(code))
        if (const auto at = good.find(field.key);
            at != good.end() && (field.need == Need::required || field.key == "credit_code"))
            form.insert(*at);
    return form;
}

std::vector<Attachment> of_kinds(const std::vector<std::string_view>& kinds) {
    std::vector<Attachment> attachments;
    for (std::string_view kind : kinds) attachments.push_back({std::string(kind), {}, 10, "image/jpeg"});
    return attachments;
}

std::string submit(const Form& form, const std::vector<Attachment>& attachments) {
    World world;
    world.record.kind = Kind::destination;
    Command command = world.command(Action::submit, Role::student);
    command.form = form;
    command.attachments = attachments;
    const auto refusal = world.act(command);
    if (!refusal) return "";
    return refusal->code == "materials_missing" ? refusal->args.at(0).second : refusal->code;
}

// "a|b" as the refusal names them.
std::string alternatives(const MaterialNeed& need) {
    std::string text;
    for (const std::string_view kind : need.kinds) text += (text.empty() ? "" : "|") + std::string(kind);
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(destinations)

// R25's table, code by code: every item taken away in turn is missed by name, every alternative will do.
BOOST_AUTO_TEST_CASE(each_item_of_each_code_is_asked_for_and_any_alternative_does) {
    for (const char* code :
         {"11", "12", "271", "272", "46", "502", "519", "751", "752", "753", "76", "803", "85"}) {
        const Form form = form_for(code);
        const auto needs = needs_of(Kind::destination, form);
        BOOST_TEST(!needs.empty(), code);
        for (std::size_t left_out = 0; left_out < needs.size(); ++left_out)
            for (std::size_t choice = 0; choice < needs[left_out].kinds.size(); ++choice) {
                std::vector<std::string_view> kinds;
                for (std::size_t i = 0; i < needs.size(); ++i)
                    if (i != left_out) kinds.push_back(needs[i].kinds[0]);
                BOOST_TEST(submit(form, of_kinds(kinds)) == alternatives(needs[left_out]), code);
                kinds.push_back(needs[left_out].kinds[choice]);
                BOOST_TEST(submit(form, of_kinds(kinds)) == "", code);
            }
    }
}

BOOST_AUTO_TEST_CASE(who_waits_or_studies_on_proves_nothing) {
    for (const char* code : {"701", "705", "71", "721", "722"})
        BOOST_TEST(submit(form_for(code), {}) == "", code);
}

BOOST_AUTO_TEST_CASE(a_partner_or_shareholder_proves_the_role) {
    Form form = form_for("751");
    const auto owner = of_kinds({"freelance_form", "business_licence"});
    BOOST_TEST(submit(form, owner) == "");
    for (const char* role : {"2", "3"}) {
        form["venture_role"] = role;
        BOOST_TEST(submit(form, owner) == "role_proof");
        BOOST_TEST(submit(form, of_kinds({"freelance_form", "business_licence", "role_proof"})) == "");
    }
}

BOOST_AUTO_TEST_CASE(every_code_that_may_be_chosen_has_a_rule_and_its_kinds_and_fields_exist) {
    for (const Code& code : test::codes().table("destination").rows()) {
        const bool lowest = !test::codes().table("destination").has_children(code.code);
        if (lowest && code.code != "10") BOOST_TEST(rule_of(code.code), code.code);
        if (lowest && code.code != "10")
            BOOST_TEST(check_destination(form_for(code.code), test::codes()).empty(), code.code);
    }
    for (const DestinationRule& rule : destination_rules()) {
        for (const FieldUse& use : rule.fields)
            BOOST_TEST(find_field(destination_fields(), use.key), use.key);
        for (const MaterialNeed& need : rule.needs)
            for (std::string_view kind : need.kinds) BOOST_TEST(find_material(kind), kind);
    }
}

BOOST_AUTO_TEST_CASE(a_wrong_code_or_a_field_of_another_destination_is_refused) {
    const auto code = [](Form form) {
        const auto problems = check_destination(form, test::codes());
        return problems.empty() ? "" : problems[0].why.code;
    };
    BOOST_TEST(code({}) == "required");
    BOOST_TEST(code({{"destination", "99"}}) == "code_unknown");
    BOOST_TEST(code({{"destination", "75"}}) == "code_not_lowest");
    BOOST_TEST(code({{"destination", "10"}}) == "destination_by_agreement");
    Form form = form_for("801");
    form["monthly_pay"] = "6000";
    BOOST_TEST(code(form) == "field_unknown");
    form = form_for("11");
    form["ends_on"] = "2026-06-30";
    BOOST_TEST(code(form) == "dates_reversed");
    form = form_for("11");
    form.erase("credit_code");
    BOOST_TEST(code(form) == "credit_code_missing");
}

BOOST_AUTO_TEST_CASE(destinations_have_a_switch_of_their_own_and_no_training_mode_is_barred) {
    World world;
    world.record.kind = Kind::destination;
    world.graduate.base["training_mode"] = "21";
    world.school.settings["signing_open"] = "off";
    world.school.settings["destinations_open"] = "off";
    BOOST_TEST(world.code(Action::submit, Role::student) == "destinations_closed");
    world.school.settings["destinations_open"] = "on";
    BOOST_TEST(world.code(Action::submit, Role::student) == "");
}

BOOST_AUTO_TEST_CASE(a_supplement_needs_a_picture_of_the_paper) {
    World world;
    world.record.kind = Kind::supplement;
    Command command = world.command(Action::submit, Role::student);
    command.form["paper_number"] = "2026-0001";
    command.form["signed_on"] = "2026-05-01";
    command.attachments.clear();
    BOOST_TEST((world.act(command) == Refusal{"materials_missing", {{"kinds", "agreement_page"}}}));
    command.attachments = of_kinds({"business_licence"});
    BOOST_TEST((world.act(command) == Refusal{"material_unknown", {{"kind", "business_licence"}}}));
    command.attachments = of_kinds({"agreement_page", "agreement_page"});
    BOOST_TEST(!world.act(command).has_value());
    BOOST_TEST(world.record.attachments.size() == 2u);
    BOOST_TEST(world.code(Action::pass, Role::school) == "");
    BOOST_TEST((world.record.state == State::effective));
}

BOOST_AUTO_TEST_CASE(an_invitation_is_answered_in_time_or_not_at_all) {
    World world;
    world.record.kind = Kind::online;
    world.other = Registration{};  // being engaged does not stop others from inviting
    world.other->state = State::effective;
    BOOST_TEST(world.code(Action::invite, Role::employer) == "");
    BOOST_TEST(world.record.expires.ms == world.now.ms + 5 * kDay);
    BOOST_TEST(world.code(Action::accept, Role::student) == "already_engaged");
    world.other.reset();
    BOOST_TEST(world.code(Action::expire, Role::ministry) == "invitation_not_expired");
    const Registration invited = world.record;
    world.now = invited.expires;
    BOOST_TEST(world.code(Action::accept, Role::student) == "invitation_expired");
    BOOST_TEST(world.code(Action::expire, Role::ministry) == "");
    world.record = invited;
    world.now.ms -= 1;
    BOOST_TEST(world.code(Action::accept, Role::student) == "");
    BOOST_TEST((world.record.state == State::school_review));
    BOOST_TEST(world.code(Action::pass, Role::school) == "");
    BOOST_TEST(
        (world.record.state == State::effective && world.record.paper && !world.record.number.empty()));
}

BOOST_AUTO_TEST_CASE(an_employer_invites_once_at_a_time_and_under_its_own_name) {
    World world;
    world.record.kind = Kind::online;
    world.invitation = Registration{};
    BOOST_TEST(world.code(Action::invite, Role::employer) == "already_invited");
    world.invitation.reset();
    Command command = world.command(Action::invite, Role::employer);
    command.actor.account = "91110000802100433B";
    BOOST_TEST(world.act(command)->code == "out_of_scope");
    world.graduate.base["training_mode"] = "41";
    BOOST_TEST(world.code(Action::invite, Role::employer) == "not_eligible");
}

BOOST_AUTO_TEST_SUITE_END()
