// What happens at the same moment: whoever comes first, all get what they would have got one after another.
#include "data/crypto/hash.h"
#include "data/domain/event.h"
#include "sync/platform/database.h"
#include "sync/platform/push_line.h"
#include "tests/sync/world.h"

#include <boost/test/unit_test.hpp>
#include <soci/postgresql/soci-postgresql.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <chrono>
#include <set>
#include <thread>

namespace wq::sync_test {
namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

// Runs `work(i)` on as many threads, all begun at once.
void at_once(int count, const std::function<void(int)>& work) {
    std::barrier begin(count);
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i)
        threads.emplace_back([&, i] {
            begin.arrive_and_wait();
            work(i);
        });
    for (std::thread& thread : threads) thread.join();
}

protocol::EnrolRequest request_with(Platform& platform, const std::string& code) {
    protocol::EnrolRequest request;
    request.code = code;
    request.device = platform.random.uuid(platform.clock.now());
    request.public_key = crypto::FileSigner::generate(crypto::Algorithm::sm2).public_key();
    return request;
}

std::string in_words(const std::exception& error) { return error.what(); }

}  // namespace

BOOST_AUTO_TEST_SUITE(together)

BOOST_AUTO_TEST_CASE(a_picture_that_comes_twice_at_once_is_kept_whole) {
    Platform platform;
    std::atomic<int> failed = 0;
    for (int round = 0; round < 40; ++round) {
        const Bytes picture = platform.random.bytes(200'000);
        const auto hash = crypto::sm3(picture);
        at_once(4, [&](int) {
            try {
                if (!platform.registry->put_blob(kSchool, hash, picture, "image/png")) ++failed;
                if (platform.registry->blob(kSchool, hash)->content != picture) ++failed;
            } catch (const std::exception&) {
                ++failed;
            }
        });
    }
    BOOST_TEST(failed == 0);
}

BOOST_AUTO_TEST_CASE(a_picture_whose_parts_come_twice_at_once_is_kept_whole_and_leaves_none_behind) {
    Platform platform;
    std::atomic<int> failed = 0;
    for (int round = 0; round < 40; ++round) {
        const Bytes picture = platform.random.bytes(protocol::kPartSize + 100);
        const auto hash = crypto::sm3(picture);
        at_once(4, [&](int) {
            try {
                for (std::size_t part = 0; part < 2; ++part) {
                    const auto rest = ByteView(picture).subspan(part * protocol::kPartSize);
                    const auto content = rest.first(std::min(rest.size(), protocol::kPartSize));
                    if (!platform.registry->put_blob_part(kSchool, hash, part, content)) ++failed;
                }
                if (!platform.registry->commit_blob(kSchool, hash, "image/png")) ++failed;
                if (platform.registry->blob(kSchool, hash)->content != picture) ++failed;
            } catch (const std::exception&) {
                ++failed;
            }
        });
    }
    BOOST_TEST(failed == 0);
    BOOST_TEST(std::filesystem::is_empty(platform.folder.path() / "uploads" / kSchool));
}

BOOST_AUTO_TEST_CASE(one_code_enrols_one_node_however_many_bring_it_at_once) {
    Platform platform;
    for (int round = 0; round < 10; ++round) {
        const std::string code = platform.registry->new_enrol_code(kSchool).value();
        std::vector<protocol::EnrolRequest> requests;
        for (int i = 0; i < 8; ++i) requests.push_back(request_with(platform, code));
        std::atomic<int> enrolled = 0;
        at_once(8, [&](int i) { enrolled += platform.registry->enrol(requests[i]).has_value(); });
        BOOST_TEST(enrolled == 1);
    }
}

BOOST_AUTO_TEST_CASE(nodes_that_enrol_at_once_have_each_a_number_of_its_own) {
    Platform platform;
    std::vector<protocol::EnrolRequest> requests;
    for (int i = 0; i < 8; ++i)
        requests.push_back(request_with(platform, platform.registry->new_enrol_code(kSchool).value()));
    at_once(8, [&](int i) { (void)platform.registry->enrol(requests[i]); });
    std::set<int> numbers;
    for (const platform::NodeLine& node : platform.registry->nodes(kSchool)) numbers.insert(node.number);
    BOOST_TEST(numbers.size() == 8u);
}

BOOST_AUTO_TEST_CASE(of_acts_on_an_employers_account_at_once_one_is_done_and_the_others_are_refused) {
    Platform platform;
    domain::AccountCommand command{domain::AccountAction::take_over, {domain::Role::ministry, "li"}};
    const domain::Form form = good_form();
    for (const domain::Field& field : domain::employer_fields())
        if (const auto value = domain::value_of(form, field.key); !value.empty())
            command.form.emplace(field.key, value);
    std::atomic<int> done = 0, refused = 0;
    at_once(8, [&](int) {
        try {
            const auto acted = platform.registry->act("91510107MAA31L7A7C", command);
            ++(acted ? done : refused);
        } catch (const std::exception& error) {
            BOOST_TEST_MESSAGE(in_words(error));
        }
    });
    BOOST_TEST(done == 1);
    BOOST_TEST(refused == 7);
    BOOST_TEST(platform.registry->is_history_whole("91510107MAA31L7A7C"));
}

BOOST_AUTO_TEST_CASE(a_revoked_node_stays_revoked_when_its_fork_is_kept_afterwards) {
    Platform platform;
    TestNode node(platform);
    BOOST_REQUIRE(node.enrol());
    platform::ArrivedPush push;
    push.sender = {kSchool, node.store->log().node().device};
    push.epoch = 1;
    BOOST_REQUIRE(platform.registry->revoke(push.sender));
    platform.registry->transact(
        [&](platform::Database& database) { platform::keep_fork(database, push, platform.clock.now()); });
    BOOST_TEST(platform.registry->nodes(kSchool)[0].state == "revoked");
}

BOOST_AUTO_TEST_CASE(decided_is_what_was_looked_at) {
    Platform platform;
    domain::AccountCommand command{domain::AccountAction::take_over, {domain::Role::ministry, "li"}};
    command.expected_revision = 1;
    BOOST_TEST(platform.registry->act("91510107MAA31L7A7C", command).error().code == "changed_meanwhile");
}

BOOST_AUTO_TEST_CASE(programs_that_make_a_home_at_once_have_one_key) {
    for (int round = 0; round < 10; ++round) {
        const TemporaryFolder folder;
        os::SetClock clock(midnight_in_china({2026, 11, 23}));
        crypto::SystemRandom random;
        std::vector<Bytes> keys(4);
        at_once(4, [&](int i) {
            const platform::Registry registry({folder.path(), &clock, &random, &codes(), {}});
            keys[i] = registry.public_key();
        });
        BOOST_TEST(std::set<Bytes>(keys.begin(), keys.end()).size() == 1u);
    }
}

// A program that lost its network in the middle of a transaction holds the school's row.
BOOST_AUTO_TEST_CASE(who_holds_a_schools_row_and_says_nothing_holds_up_nobody_for_long) {
    if (!is_on_server()) return;
    Platform platform;
    TestNode node(platform, 1);
    node.set_up(1);
    BOOST_REQUIRE(node.enrol());
    soci::session silent(soci::postgresql, platform.database.address());
    silent << "BEGIN";
    silent << "UPDATE feed_counter SET last = last WHERE school = '10999'";
    const auto from = SteadyClock::now();
    BOOST_TEST(node.sync().failed->code == "database_away");
    BOOST_TEST(std::chrono::duration<double>(SteadyClock::now() - from).count() < 20.0);
    silent << "ROLLBACK";
    BOOST_TEST(node.sync().is_complete());
}

BOOST_AUTO_TEST_CASE(who_comes_when_a_schools_row_is_held_for_long_waits_for_nothing) {
    if (!is_on_server()) return;
    Platform platform;
    TestNode first(platform, 1), second(platform);
    first.set_up(2);
    for (TestNode* node : {&first, &second}) {
        BOOST_REQUIRE(node->enrol());
        BOOST_REQUIRE(node->sync().is_complete());
    }
    first.submitted(1);
    second.submitted(2);
    soci::session silent(soci::postgresql, platform.database.address());
    silent << "BEGIN";
    silent << "UPDATE feed_counter SET last = last WHERE school = '10999'";
    std::jthread waiting([&] { BOOST_TEST(first.sync().failed->code == "database_away"); });
    std::this_thread::sleep_for(platform::PushLine::kStalled + 1s);
    const auto from = SteadyClock::now();
    BOOST_TEST(second.sync().failed->code == "platform_busy");
    BOOST_TEST((SteadyClock::now() - from < 1s));
    waiting.join();
    BOOST_TEST(std::ranges::none_of(platform.registry->nodes(kSchool), [](const platform::NodeLine& line) {
        return line.failing == "platform_busy";
    }));
    silent << "ROLLBACK";
    for (TestNode* node : {&first, &second}) BOOST_TEST(node->sync().is_complete());
}

BOOST_AUTO_TEST_CASE(the_platforms_own_silence_holds_a_row_no_longer_than_a_minute) {
    if (!is_on_server()) return;
    Platform platform;
    std::string idle, held;
    platform.registry->look([&](platform::Database& database) {
        database.sql() << "SHOW idle_in_transaction_session_timeout", soci::into(idle);
        database.sql() << "SHOW lock_timeout", soci::into(held);
    });
    BOOST_TEST(idle == "1min");
    BOOST_TEST(held == "10s");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace wq::sync_test
