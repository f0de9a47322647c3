#include "kiosk/ui/record_parts.h"

namespace wq::ui {

Tone shown_tone(desk::Tone tone) {
    switch (tone) {
        case desk::Tone::plain:
        case desk::Tone::info:
            return Tone::blue;
        case desk::Tone::attention:
            return Tone::amber;
        case desk::Tone::good:
            return Tone::green;
        case desk::Tone::bad:
            return Tone::red;
    }
    return Tone::blue;
}

Steps* make_stages(wxWindow* parent, const std::vector<desk::Stage>& stages) {
    std::vector<std::string> captions;
    int done = 0;
    for (const desk::Stage& stage : stages) {
        captions.push_back(stage.label);
        if (stage.progress == desk::Stage::Progress::done) ++done;
    }
    return new Steps(parent, std::move(captions), done, Steps::Done::success);
}

}  // namespace wq::ui
