#include "kiosk/desk/figures.h"

#include "data/os/record_words.h"

namespace wq::desk {

FiguresView figures_of(Home& home, const domain::Scope& scope, const Speech& speech) {
    FiguresView view = domain::figures_of(home.store().figures().counts(scope), home.codes());
    os::label(view, home.codes(), speech);
    return view;
}

}  // namespace wq::desk
