// One print under way, from the touch to its end; keeps itself until then, whatever becomes of the screen and
// the visit. UI thread, but for what it hands to the desk's thread and the printer's.
#pragma once

#include "kiosk/desk/printing.h"
#include "kiosk/ui/student/kiosk.h"

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace wq::ui::student {

class PrintRun : public std::enable_shared_from_this<PrintRun> {
  public:
    using Begin = std::function<Result<desk::PrintOrder>(Rooms&)>;
    // What is said at the end; `order` is empty where it was refused before the printer heard of it.
    using Told = std::function<void(const std::optional<desk::PrintOrder>&, const devices::PrintOutcome&)>;

    PrintRun(Kiosk& kiosk, Begin begin, Told told)
        : kiosk_(&kiosk), begin_(std::move(begin)), told_(std::move(told)) {}

    void start();
    void cancel();  // says so until the printer has left it
    void leave();   // the visit is over: cancelled, and nothing is said any more
    bool is_under_way() const { return under_way_; }

  private:
    void on_desk(std::function<void(Rooms&)> job, void (PrintRun::*next)());
    void at_printer(std::function<void()> job, void (PrintRun::*next)());
    void go_on(void (PrintRun::*next)());
    void ask_for_open_prints();
    void begin();
    void print();
    void end();
    void finish();
    void show(const devices::PrintMoment& moment);
    void ask(Tone tone, std::string title, std::string text, bool may_cancel);

    Kiosk* kiosk_;
    Begin begin_;
    Told told_;
    std::stop_source stop_;
    bool left_ = false, cancelling_ = false, under_way_ = true;
    std::vector<desk::OpenPrint> open_;
    std::optional<desk::PrintOrder> order_;
    devices::PrintOutcome outcome_;
    std::exception_ptr thrown_;
    std::string title_;  // of the question that stands
};

}  // namespace wq::ui::student
