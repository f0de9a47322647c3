// Stamped paper coming back, with and without a login (R38, R39): one sheet at a time, shown straightened,
// with what was found on it and the one thing to do next. Where the kiosk has a document camera, it looks by
// itself and nobody presses anything.
#pragma once

#include "kiosk/devices/camera.h"
#include "kiosk/ui/page_view.h"
#include "kiosk/ui/student/kiosk.h"

#include <vector>

namespace wq::ui::student {

class ScanScreen : public StudentScreen {
  public:
    ScanScreen(Shell& shell, Kiosk& kiosk);
    ~ScanScreen() override { stop_.request_stop(); }

    void build(Stack& body) override;
    std::vector<FooterButton> footer() override;
    void left() override { stop_.request_stop(); }

  protected:
    void refresh() override;  // begins to look where there is a camera

  private:
    // What one press of the button brought; no pages where nothing lay on the scanner.
    struct Taken {
        std::vector<desk::PageResult> pages;
        Picture picture;  // of the last page
    };
    static Taken take(Rooms& rooms, Sheets& sheets, const std::optional<domain::Actor>& actor);

    const desk::PageResult* shown() const {
        return taken_ && !taken_->pages.empty() ? &taken_->pages.back() : nullptr;
    }
    bool is_good() const;
    void build_view(Stack& parent);
    void build_found(Stack& parent);
    std::vector<CheckList::Line> lines() const;
    NoteBox* make_note(wxWindow* parent) const;
    std::string instruction() const;
    void scan();
    std::optional<domain::Actor> bringer() const;
    void show(Taken taken);
    // The camera: what it sees, and page after page, until all are here or the screen is left.
    void watch(const std::string& device);
    void next_page(const std::shared_ptr<devices::CameraPages>& camera);
    void take_page(const std::shared_ptr<devices::CameraPages>& camera,
                   const std::shared_ptr<desk::ReadFile>& file);
    void broke_off(const std::exception_ptr& thrown);
    void look_anew();
    void show_live(const Picture& frame, devices::CaptureStep step);
    void leave();

    std::optional<Taken> taken_;
    PageView* view_ = nullptr;
    bool watching_ = false;
    std::stop_source stop_;
    Label* hint_ = nullptr;
};

}  // namespace wq::ui::student
