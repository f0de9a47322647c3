#include "tests/sim/journal.h"

#include "data/crypto/hash.h"
#include "data/os/files.h"
#include "sync/protocol/messages.h"
#include "tests/sim/violation.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstring>

namespace wq::sim {

Journal::Journal(const std::filesystem::path& file)
    : file_(::open(file.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600)) {
    if (file_ < 0) throw Fault("no journal");
}

Journal::~Journal() { ::close(file_); }

void Journal::write(const Entry& entry) const {
    if (::write(file_, &entry, sizeof entry) != sizeof entry) throw Fault("the journal is full");
}

void Journal::note(const protocol::Request& request, const protocol::Response& response) const {
    const std::string path = request.target.substr(0, request.target.find('?'));
    if (response.status != 200 || (path != "/v1/push" && path != "/v1/feed")) return;
    const auto value = cbor::decode(response.body);
    demand(value.has_value(), "an answer of the platform can't be read");
    if (path == "/v1/feed") {
        const auto page = protocol::feed_page_from(*value);
        demand(page.has_value(), "a page of the feed can't be read");
        if (page->through > 0) write({Kind::page, page->through, page->chain});
    } else {
        const auto answer = protocol::push_answer_from(*value);
        demand(answer.has_value(), "an answer to a push can't be read");
        for (const protocol::EventVerdict& one : answer->verdicts)
            write({Kind::verdict, one.number, verdict_hash(one.verdict, one.why.code)});
    }
}

domain::Hash verdict_hash(std::string_view verdict, std::string_view code) {
    return crypto::sm3(bytes_of(std::string(verdict) + " " + std::string(code)));
}

Told read_journal(const std::filesystem::path& file) {
    Told told;
    if (!std::filesystem::exists(file)) return told;
    const Bytes bytes = os::read_file(file).value();
    for (std::size_t at = 0; at + sizeof(Journal::Entry) <= bytes.size(); at += sizeof(Journal::Entry)) {
        Journal::Entry entry;
        std::memcpy(&entry, bytes.data() + at, sizeof entry);
        auto& all = entry.kind == Journal::Kind::done      ? told.done
                    : entry.kind == Journal::Kind::verdict ? told.verdicts
                                                           : told.pages;
        const auto [before, is_new] = all.try_emplace(entry.number, entry.hash);
        demand(is_new || before->second == entry.hash,
               "of number " + std::to_string(entry.number) + " two things were told");
    }
    return told;
}

}  // namespace wq::sim
