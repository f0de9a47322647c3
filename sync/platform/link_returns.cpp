#include "sync/platform/link_returns.h"

#include "pdf/scan/page_checks.h"
#include "pdf/scan/page_image.h"

#include <algorithm>

namespace wq::platform {

Result<OpenLink> LinkReturns::look(const std::string& token) { return registry_->open_link(token); }

Result<Upload> LinkReturns::take(const std::string& token, const std::vector<SentFile>& files, bool anyway) {
    const std::lock_guard lock(mutex_);
    const auto link = registry_->open_link(token);
    if (!link) return tl::make_unexpected(link.error());
    Upload upload;
    std::vector<ReadPage> read;
    for (const SentFile& file : files) {
        const auto take_one = [&](const scan::Picture& picture) {
            for (const scan::PageReading& reading : scan::read_pages(picture, scan::search_for_our_codes())) {
                auto page = take_page(*link, picture, reading, read);
                if (!page) page = UploadedPage{.why = page.error()};
                page->file = file.name;
                upload.pages.push_back(std::move(*page));
            }
            return true;
        };
        const auto taken = scan::each_picture(file.content, take_one);
        if (taken) continue;
        upload.pages.push_back({file.name, 0, taken.error()});
        if (taken.error().code == "picture_too_costly")
            break;  // others wait, and 64 such files would take long
    }
    auto pages = registry_->keep_link_pages(token, std::move(read));
    if (!pages) return tl::make_unexpected(pages.error());
    for (int wanted = 1; wanted <= link->record.paper->pages(); ++wanted) {
        const auto there = std::ranges::find(*pages, wanted, &domain::ReturnedPage::page);
        if (there == pages->end() || !(anyway || scan::is_well_taken(there->checks)))
            upload.missing.push_back(wanted);
    }
    if (upload.missing.empty())
        if (const auto sent = registry_->return_by_link(token); !sent)
            return tl::make_unexpected(sent.error());
    return upload;
}

Result<UploadedPage> LinkReturns::take_page(const OpenLink& link, const scan::Picture& picture,
                                            const scan::PageReading& reading, std::vector<ReadPage>& read) {
    const auto code = scan::proven_code(reading, link.trust, link.is_demo);
    if (!code) return tl::make_unexpected(code.error());
    if (code->registration != link.record.id) return refuse("other_agreement", {{"number", code->number}});
    if (code->revision != link.record.paper->revision) return refuse("paper_superseded");
    if (!press_) press_.emplace();
    ReadPage kept;
    kept.picture = scan::to_jpeg(reading.placement ? reading.upright : picture);
    kept.page = {code->page,
                 {},
                 static_cast<std::int64_t>(kept.picture.size()),
                 "image/jpeg",
                 scan::check_page(reading, press_->pdf(*link.record.paper), *code, true)};
    UploadedPage page{.page = code->page, .taken = true};
    if (const auto fault = domain::value_of(kept.page.checks, "fault"); !fault.empty())
        page.why = Refusal{"page_" + std::string(fault)};
    read.push_back(std::move(kept));
    return page;
}

}  // namespace wq::platform
