// The career office's desk at the scale of a large school: how long the queue, a search as it is typed, a
// review, an approval and the figures take with 1,000 to 300,000 registrations in one store, and how much
// memory the desk holds.
//   wq_bench_office FOLDER [REGISTRATIONS …]
// Three registrations for each graduate, two of them void. They come in as a feed does, act by act under the
// lifecycle's rules, so that rows and history are what a real node has.
#include "data/crypto/hash.h"
#include "data/domain/lifecycle.h"
#include "kiosk/desk/figures.h"
#include "kiosk/desk/paper.h"
#include "kiosk/desk/set_up.h"
#include "kiosk/desk/staff_desk.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

using namespace wq;
namespace fs = std::filesystem;
using domain::Action;
using domain::Kind;
using domain::Role;

namespace {

constexpr const char* kSurnames[] = {"王", "李", "张", "刘", "陈",   "杨",
                                     "赵", "黄", "周", "吴", "欧阳", "奚"};
constexpr const char* kGiven[] = {"晓雨", "子轩", "思远", "欣妍", "浩然",
                                  "婉清", "牧野", "嘉树", "知夏", "𬱖"};
constexpr const char* kPlaces[] = {"成都", "重庆", "西安", "武汉", "昆明", "贵阳", "长沙", "南宁"};
constexpr const char* kTrades[] = {"软件", "设计", "农业", "物流", "医药",
                                   "建筑", "教育", "能源", "食品", "机械"};
constexpr std::size_t kAtOnce = 1000;  // rows of the feed in one transaction

double ms_of(auto work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

struct Times {
    double median, most;
};
Times times_of(int count, auto work) {
    std::vector<double> times;
    for (int i = 0; i < count; ++i) times.push_back(ms_of([&] { work(i); }));
    std::ranges::sort(times);
    return {times[times.size() / 2], times.back()};
}

double resident_mb() {
    long pages = 0, resident = 0;
    FILE* file = std::fopen("/proc/self/statm", "r");
    if (!file) return 0;
    const int read = std::fscanf(file, "%ld %ld", &pages, &resident);
    std::fclose(file);
    return read == 2 ? static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6 : 0;
}

domain::Form graduate(std::size_t i) {
    return {{"exam_number", std::to_string(30000000000000 + i)},
            {"student_number", std::to_string(2032000000 + i)},
            {"name", std::string(kSurnames[i % std::size(kSurnames)]) + kGiven[i / 12 % std::size(kGiven)]},
            {"sex", "2"},
            {"birth_date", "1999-03-14"},
            {"origin", "510108"},
            {"ethnicity", "01"},
            {"political_status", "03"},
            {"school_name", "天府示例大学"},
            {"department", "第" + std::to_string(i % 40 + 1) + "学院"},
            {"level", i % 5 == 0 ? "11" : "31"},
            {"major", "哲学"},
            {"years", "4"},
            {"entry_month", "202209"},
            {"graduation_month", "202706"},
            {"training_mode", "1"}};
}

domain::Form agreement(std::size_t i) {
    return {{"employer_name", std::string(kPlaces[i % 8]) + "示例" + kTrades[i / 8 % 10] +
                                  std::to_string(i / 80 % 25) + "有限公司"},
            {"credit_code", "91510107MAA31L7A7C"},
            {"employer_nature", "39"},
            {"industry", "34"},
            {"region", "510107"},
            {"address", "天府示例大道100号"},
            {"post", "13"},
            {"contact_name", "周明远"},
            {"contact_mobile", "13800020000"},
            {"contact_email", "hr01@example.com"},
            {"solves_household", "yes"}};
}

// Another node of the school, whose acts this one has from the platform.
class OtherNode {
  public:
    OtherNode(desk::Home& home, Instant from) : home_(home), campus_(home.campus()), now_(from) {
        device_ = home.random().uuid(now_);
    }

    void act(domain::Registration& record, const domain::Graduate& student, const domain::Command& command) {
        now_.ms += 1000;
        const domain::Context world{&campus_, &home_.codes(), &student, nullptr, nullptr, now_};
        const auto step = domain::apply(record, command, world);
        if (!step) throw Fault("bench: " + step.error().code);
        domain::Event event;
        event.type = domain::event_type::kRegistration;
        event.school = campus_.school_code();
        event.device = device_;
        event.number = ++number_;
        event.previous = previous_;
        event.id = home_.random().uuid(now_);
        event.actor = command.actor;
        event.exam_number = record.exam_number;
        event.registration = record.id;
        event.expected_revision = record.revision;
        event.expected_state = record.state;
        event.when = now_;
        event.body = step->body;
        Bytes bytes = domain::encode(event);
        previous_ = crypto::sm3(domain::chain_message(bytes));
        rows_.push_back({++feed_, std::move(bytes), "accepted", "", now_});
        record = step->after;
        if (rows_.size() >= kAtOnce) send();
    }
    void send() {
        const auto adopted = home_.store().feed().adopt(rows_, {});
        if (!adopted) throw Fault("bench: " + adopted.error().code);
        rows_.clear();
    }

  private:
    desk::Home& home_;
    domain::Campus campus_;
    Uuid device_;
    Instant now_;
    std::int64_t number_ = 0, feed_ = 0;
    domain::Hash previous_{};
    std::vector<store::FeedRow> rows_;
};

void fill(desk::Home& home, std::size_t registrations) {
    const std::size_t students = registrations / 3;
    std::vector<domain::Form> roster;
    for (std::size_t i = 0; i < students; ++i) roster.push_back(graduate(i));
    home.store().graduates().import(roster, desk::operator_actor());
    OtherNode node(home, home.clock().now());
    const domain::Actor school{Role::school, "school"};
    for (std::size_t i = 0; i < students; ++i) {
        domain::Graduate student{roster[i], 1, 1, {}};
        const domain::Actor actor{Role::student, student.exam_number()};
        const auto begin = [&](Kind kind, domain::Form form) {
            domain::Registration record;
            record.id = home.random().uuid(home.clock().now());
            record.kind = kind;
            record.exam_number = student.exam_number();
            domain::Command submit{Action::submit, actor};
            submit.form = std::move(form);
            node.act(record, student, submit);
            return record;
        };
        for (std::size_t other = 0; other < 2; ++other) {
            auto record = begin(Kind::offline, agreement(i * 2 + other));
            domain::Command reject{Action::reject, school, record.revision};
            reject.reason = "单位信息不符";
            node.act(record, student, reject);
        }
        auto record = begin(Kind::destination, {{"destination", i % 3 == 0 ? "701" : "71"}});
        if (i % 10 < 7) node.act(record, student, {Action::pass, school, record.revision});
    }
    node.send();
}

// In a process of its own, so that what it took is not counted as the desk's memory.
void fill_apart(const fs::path& folder, std::size_t registrations) {
    const pid_t child = fork();
    if (child == 0) {
        auto created = desk::Home::create(folder, true);
        if (!created || !desk::set_up_demo(**created)) _exit(1);
        fill(**created, registrations);
        created->reset();
        _exit(0);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
        throw Fault("bench: the campus can't be set up");
}

void measure(const fs::path& folder, std::size_t registrations) {
    fs::remove_all(folder);
    const double filled = ms_of([&] { fill_apart(folder, registrations); });

    auto home = desk::Home::open(folder);
    if (!home) throw Fault("bench: " + home.error().code);
    desk::Paper paper(**home);
    desk::StaffDesk staff(**home, paper);
    const desk::Speech speech((*home)->wording(), desk::Language::zh);
    const desk::StaffSession session{{Role::school, "school"}, ""};
    std::vector<desk::QueueRow> rows;
    const double first = ms_of([&] { rows = staff.queue(session, true, "", speech); });
    const Times queue = times_of(9, [&](int) { rows = staff.queue(session, true, "", speech); });
    const std::string typed[] = {"王",         "王晓",   "x",          "xt",        "成",    "成都",
                                 "成都示例软", "300000", "3000000001", "奚𬱖",   "软件1", "w",
                                 "第",         "99510",  "公司",       "203200001", "20320"};
    std::size_t found = 0;
    const auto searched = [&](bool mine) {
        return times_of(static_cast<int>(std::size(typed)) * 3, [&](int i) {
            const std::string& text = typed[static_cast<std::size_t>(i) % std::size(typed)];
            found += staff.queue(session, mine, text, speech, 200).size();
        });
    };
    const Times search = searched(false), within = searched(true);
    const Times review = times_of(40, [&](int i) {
        if (!staff.review(session, rows[static_cast<std::size_t>(i) * 2].row.id, speech))
            throw Fault("bench: no review");
    });
    const Times pass = times_of(40, [&](int i) {
        if (!staff.act(session, rows[static_cast<std::size_t>(i) * 2].row.id, Action::pass, ""))
            throw Fault("bench: no approval");
    });
    std::int64_t placed = 0;
    const Times figures =
        times_of(5, [&](int) { placed = desk::figures_of(**home, {}, speech).total.registered; });
    std::printf(
        "%9zu  %7.1f  %6.1f %6.1f  %6.1f %6.1f  %6.1f %6.1f  %6.2f %6.2f  %6.2f %6.2f  %6.1f  %6.0f   %6.0f "
        "s  (%zu "
        "found, %lld in force)\n",
        registrations, first, queue.median, queue.most, search.median, search.most, within.median,
        within.most, review.median, review.most, pass.median, pass.most, figures.median, resident_mb(),
        filled / 1000, found, static_cast<long long>(placed));
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return std::fputs("usage: wq_bench_office FOLDER [REGISTRATIONS …]\n", stderr), 2;
    std::vector<std::size_t> sizes;
    for (int i = 2; i < argc; ++i) sizes.push_back(static_cast<std::size_t>(std::atoll(argv[i])));
    if (sizes.empty()) sizes = {1000, 10000, 100000, 300000};
    std::printf(
        "registrat.    queue          queue         search   queue's search   review       approval  figures "
        " "
        "memory  filled in\n"
        "           first ms  median   most  median   most  median   most  median   most  median   most  "
        "median ms"
        "      MB\n");
    for (const std::size_t size : sizes) measure(fs::path(argv[1]) / "office", size);
    return 0;
}
