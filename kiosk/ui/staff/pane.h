// A part of the desk's screen that looks after itself: a room, or a part of one. Its work on the desk thread
// comes back only while it is still there and somebody is logged in.
#pragma once

#include "kiosk/ui/staff/staff.h"

#include <memory>
#include <string>

namespace wq::ui::staff {

class Pane : public Stack {
  public:
    Pane(wxWindow* parent, Screen& screen, Office& office, int gap)
        : Stack(parent, Axis::down, gap, Colour::paper), screen_(screen), office_(office) {}

    // Fetches what it shows.
    virtual void refresh() {}
    // Rooms that list registrations can be searched.
    virtual bool searches() const { return false; }
    virtual void search(const std::string& text) { (void)text; }
    // Key of the words that tell the letters it understands.
    virtual const char* keys() const { return "staff.keys.none"; }
    // A letter typed outside of any field; false where it means nothing.
    virtual bool key(char32_t letter) {
        (void)letter;
        return false;
    }

  protected:
    template <class Job, class Done>
    void work(Job job, Done done) {
        app().work(life_, std::move(job), while_here(std::move(done)));
    }
    template <class Job, class Done>
    void act(Job job, Done done) {
        app().act(life_, std::move(job), while_here(std::move(done)));
    }

    template <class Job, class Done>
    void act_on_sheets(Job job, Done done) {
        app().act_on_sheets(life_, desk::Sheets::put_away, std::move(job), while_here(std::move(done)));
    }

    Screen& screen() const { return screen_; }
    Office& office() const { return office_; }
    App& app() const { return office_.app(); }
    Shell& shell() const { return office_.shell(); }
    std::weak_ptr<void> life() const { return life_; }
    std::string say(std::string_view key, const Args& args = {}) const { return app().say(key, args); }
    std::string say(const Refusal& refusal) const { return app().speech()(refusal); }

  private:
    template <class Done>
    auto while_here(Done done) {
        return [screen = screen_.life(), done = std::move(done)](auto&&... result) mutable {
            if (!screen.expired()) done(std::forward<decltype(result)>(result)...);
        };
    }

    Screen& screen_;
    Office& office_;
    std::shared_ptr<void> life_ = std::make_shared<int>(0);
};

}  // namespace wq::ui::staff
