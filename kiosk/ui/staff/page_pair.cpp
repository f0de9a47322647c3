#include "kiosk/ui/staff/page_pair.h"

#include "kiosk/ui/paper_picture.h"
#include "pdf/scan/raster.h"

namespace wq::ui::staff {

PagePair::PagePair(wxWindow* parent, const std::string& issued, const std::string& returned)
    : Stack(parent, Axis::across, px(12), Colour::paper) {
    issued_ = add(new PageView(this, issued, PageView::Ground::light), {1});
    returned_ = add(new PageView(this, returned, PageView::Ground::light), {1});
    issued_->on_look([view = returned_](const Look& look) { view->set_look(look); });
    returned_->on_look([view = issued_](const Look& look) { view->set_look(look); });
}

void PagePair::set_captions(const std::string& issued, const std::string& returned) {
    issued_->set_caption(issued);
    returned_->set_caption(returned);
}

void PagePair::set_pictures(const Picture& issued, const Picture& returned, const domain::Form& checks) {
    issued_->set_picture(issued);
    returned_->set_picture(returned);
    returned_->set_marks(page_marks(checks));
}

Picture issued_picture(desk::StaffDesk& desk, const desk::StaffSession& session, const Uuid& id, int page) {
    constexpr double kShownDpi = 150;
    const auto pdf = desk.issued_pdf(session, id);
    const auto document = pdf ? scan::Document::open(*pdf) : tl::make_unexpected(pdf.error());
    const auto picture = document ? document->raster(page, kShownDpi) : tl::make_unexpected(document.error());
    return picture ? shown(*picture) : Picture{};
}

}  // namespace wq::ui::staff
