// What people do at kiosk and desk again and again, whatever the story: look, choose, fill in, put paper on
// the scanner. The stories are built of it.
#pragma once

#include "tests/e2e/stage.h"

namespace wq::e2e {

struct Student {
    const char* mobile;
    const char* exam_number;
    const char* name;
};

struct Employer {
    const char* credit_code;
    const char* name;
};

class Hands {
  public:
    explicit Hands(Stage& stage) : stage_(stage) {}

  protected:
    Window& kiosk() { return stage_.kiosk(); }
    Window& office() { return stage_.office(); }
    void photograph(const std::string& name) { stage_.photograph(kiosk(), name); }
    void photograph_office(const std::string& name) { stage_.photograph(office(), name); }
    void sync() { stage_.wangqian({"sync", "--once"}); }
    void open(const std::string& control, const std::string& screen);

    std::string only_record(const Student& student, const std::string& state);
    void wait_state(const std::string& id, const std::string& state);
    // What the platform's pages do for an employer; the id of the registration.
    std::string employer_does(const Employer& employer, std::vector<std::string> act);
    std::string invitation_of(const Employer& employer, const Student& student);

    void find_employer(const Employer& employer);
    // A value of a short table by its label, of a long one by its code.
    void pick(const std::string& field, const std::string& option);
    void find(const std::string& field, const std::string& code, const std::string& option);
    // Chooses a destination by the names on the way to it.
    void begin_destination(const Student& student, const std::vector<std::string>& way,
                           const char* picture = nullptr);

    // Scans a sheet of this kind. Any paper will do; each is a little different, as real sheets are.
    void bring(const std::string& kind, const char* picture = nullptr);
    Bytes sheet();

    Stage& stage_;

  private:
    std::uint32_t sheets_ = 100;
    std::set<std::string> approved_;  // employers, by credit code
};

// The pages of an issued agreement as they come back: stamped, signed and photographed; scanned.
struct ReturnedPages {
    Bytes first, second;
};
ReturnedPages stamped(ByteView pdf);

}  // namespace wq::e2e
