#include "kiosk/desk/return_slip.h"

#include "data/base/utf8.h"
#include "kiosk/desk/documents.h"
#include "kiosk/desk/record_view.h"
#include "pdf/scan/excerpt.h"
#include "pdf/scan/page_image.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace wq::desk {
namespace {

constexpr double kAcross = 45, kDown = 12;  // mm of the page around what is shown
constexpr std::size_t kMostChanges = 4;
constexpr sheet::Box kWholeSheet{0, 0, sheet::kWidth, sheet::kHeight};

// The last return, and how it was sent back.
struct SentBack {
    store::HistoryEntry how;
    std::vector<domain::ReturnedPage> pages;
};

std::optional<SentBack> last_return(Home& home, const Uuid& id) {
    std::optional<SentBack> found;
    std::vector<domain::ReturnedPage> pages;
    for (store::HistoryEntry& entry : home.store().log().history(id)) {
        const auto action = domain::action_named(entry.event.body["action"].as_text());
        if (action == domain::Action::return_paper) {
            pages.clear();
            for (const cbor::Value& page : entry.event.body["pages"].as_array())
                pages.push_back(domain::returned_page_from_cbor(page));
        }
        if (action == domain::Action::send_back && !pages.empty()) found = {std::move(entry), pages};
    }
    return found;
}

sheet::Box around(const sheet::Box& a, const sheet::Box& b) {
    const double x = std::min(a.x, b.x), y = std::min(a.y, b.y);
    return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

bool is_near(const sheet::Box& a, const sheet::Box& b) {
    return a.x - kAcross < b.right() && b.x - kAcross < a.right() && a.y - kDown < b.bottom() &&
           b.y - kDown < a.bottom();
}

// What would stand in one picture is shown in one.
void gather(std::vector<sheet::Box>& boxes, sheet::Box box) {
    for (auto near = boxes.begin(); near != boxes.end();) {
        if (!is_near(*near, box)) {
            ++near;
            continue;
        }
        box = around(*near, box);
        boxes.erase(near);
        near = boxes.begin();
    }
    boxes.push_back(box);
}

std::vector<sheet::Box> changes_of(const domain::ReturnedPage& page) {
    std::vector<sheet::Box> boxes;
    for (const std::string_view text : split(domain::value_of(page.checks, "change_boxes"), ';'))
        if (sheet::Box box; std::sscanf(std::string(text).c_str(), "%lf,%lf,%lf,%lf", &box.x, &box.y,
                                        &box.width, &box.height) == 4)
            gather(boxes, box);
    return boxes;
}

// Of a page that could not be laid straight nobody knows where anything stands.
bool is_sheet(const scan::Picture& picture) {
    const double ratio = static_cast<double>(picture.height) / picture.width;
    return std::abs(ratio - sheet::kHeight / sheet::kWidth) < 0.02;
}

// What is to be seen on each page: what was found, or the page itself where only the reviewer points at it.
class Pictures {
  public:
    Pictures(Home& home, const domain::Registration& record, const Speech& speech)
        : home_(&home), record_(&record), speech_(speech) {}

    void add(const domain::ReturnedPage& page) {
        const auto file = home_->store().pictures().read(page.picture);
        const auto picture = file ? scan::first_picture(*file) : refuse("picture_missing");
        if (!picture) return;
        page_ = &page;
        picture_ = &*picture;
        const std::size_t before = shown_.size();
        const auto changes = changes_of(page);
        for (std::size_t i = 0; i < std::min(changes.size(), kMostChanges); ++i)
            show(changes[i], "slip.change");
        const std::string fault(domain::value_of(page.checks, "fault"));
        if (fault == "seal_missing")
            show(seal_place(), "refusal.page_seal_missing");
        else if (!fault.empty())
            show(kWholeSheet, "refusal.page_" + fault);
        const bool pointed_at =
            std::ranges::count(record_->comment_on, "page:" + std::to_string(page.page)) > 0;
        if (pointed_at && shown_.size() == before) show(kWholeSheet, "slip.page");
    }

    const std::vector<render::CaptionedPhoto>& shown() const { return shown_; }

  private:
    sheet::Box seal_place() const {
        const bool two = domain::value_of(record_->paper->content, "parties") == "2";
        return (two ? sheet::kTwoPartyPlaces : sheet::kThreePartyPlaces)[0].area;
    }

    void show(const sheet::Box& about, const std::string& words) {
        const bool whole = about == kWholeSheet || !is_sheet(*picture_);
        const scan::Picture cut = whole ? *picture_ : scan::excerpt(*picture_, about, kAcross, kDown);
        auto photo = std::make_shared<render::Photograph>(
            render::Photograph{cut.width, cut.height, scan::to_jpeg(cut, whole ? 60 : 85)});
        const double width = whole ? sheet::kWidth : cut.width / cut.dpi * 25.4;
        shown_.push_back({speech_.say("slip.caption",
                                      {{"page", std::to_string(page_->page)}, {"words", speech_.say(words)}}),
                          std::move(photo), width});
    }

    Home* home_;
    const domain::Registration* record_;
    Speech speech_;
    const domain::ReturnedPage* page_ = nullptr;
    const scan::Picture* picture_ = nullptr;
    std::vector<render::CaptionedPhoto> shown_;
};

}  // namespace

bool was_sent_back(const domain::Registration& record) {
    return record.state == domain::State::approved && record.paper && !record.comment.empty();
}

Result<Bytes> return_slip(Home& home, const Paper& paper, const domain::Registration& record) {
    const auto last = was_sent_back(record) ? last_return(home, record.id) : std::nullopt;
    if (!last) return refuse("nothing_sent_back");
    const Speech speech{home.wording(), Language::zh};
    domain::Form values = form_values(home, record.exam_number, record.kind, record.form);
    values["number"] = record.number;
    values["sent_back_at"] = shown_time(last->how.event.when);
    values["sent_back_by"] = speech.say("who." + std::string(domain::name_of(last->how.event.actor.role)));
    values["reason"] = record.comment;
    Pictures pictures(home, record, speech);
    for (const domain::ReturnedPage& page : last->pages) pictures.add(page);
    return paper.document(render::Document::return_slip, values, pictures.shown());
}

}  // namespace wq::desk
