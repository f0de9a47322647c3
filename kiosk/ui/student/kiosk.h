// One student's visit at the kiosk: who is logged in, how long still, and that nothing of it stays when it
// ends (R05, R50). All student screens share one Kiosk. Not for what is done there: kiosk/desk. UI thread.
#pragma once

#include "kiosk/ui/app.h"

#include <memory>
#include <optional>
#include <string>

namespace wq::ui::student {

// What every screen may show of the campus; read again with each return to the welcome screen.
struct CampusFacts {
    std::string school;
    std::string office, office_contact, office_phone, office_address;
    bool department_review = false;
};
CampusFacts facts_of(const domain::Campus& campus);

class PrintRun;

class Kiosk {
  public:
    static constexpr int kIdleSeconds = 120;         // R05; a school may want less
    static constexpr int kWarningSeconds = 30;       // before the end
    static constexpr int kLongestSeconds = 30 * 60;  // R50

    explicit Kiosk(App& app, int idle_seconds = kIdleSeconds);
    ~Kiosk();

    App& app() const { return app_; }
    Shell& shell() const { return app_.shell(); }

    // Opens the welcome screen; also the end of a visit. Every screen is gone, the clipboard is empty, the
    // language, text size and contrast are as before.
    void start();

    // After login: to the confirm screen, or home where that was done before.
    void begin(desk::StudentSession session);
    bool has_session() const { return session_.has_value(); }
    desk::StudentSession& session() { return *session_; }

    const CampusFacts& facts() const { return facts_; }
    void set_facts(CampusFacts facts);

    // "就业指导中心 王老师 028-…": whom to ask.
    std::string office_line() const;
    bool is_landscape() const;
    void show_header();

    // A print of this visit is under way: the visit goes on with it, and it ends with the visit.
    bool is_printing() const;
    // What an earlier visit left is still to be stopped at the printer.
    bool is_stopping_print() const;
    void set_printing(const std::shared_ptr<PrintRun>& run) { print_run_ = run; }

  private:
    void leave_print();
    void tick(int idle);
    void warn(int left);

    App& app_;
    const int idle_seconds_;
    const desk::Language language_;  // that a visit begins in
    std::optional<desk::StudentSession> session_;
    CampusFacts facts_;
    int age_ = 0;  // seconds since the welcome screen was left
    std::optional<int> left_;
    std::weak_ptr<PrintRun> print_run_, left_run_;
};

// What all student screens have: the kiosk, and words.
class StudentScreen : public Screen {
  public:
    StudentScreen(Shell& shell, Kiosk& kiosk, std::string name, Body body)
        : Screen(shell, std::move(name), body), kiosk_(kiosk) {}

    void entered() final {
        kiosk_.show_header();
        refresh();
    }

  protected:
    // Fetches what the screen shows; also after a change of language, for words that the desk makes.
    virtual void refresh() {}

    App& app() const { return kiosk_.app(); }
    Kiosk& kiosk() const { return kiosk_; }
    std::string say(std::string_view key, const Args& args = {}) const { return app().say(key, args); }
    desk::Speech speech() const { return app().speech(); }
    FooterButton back_button();

  private:
    Kiosk& kiosk_;
};

}  // namespace wq::ui::student
