// Figures as people read them (R47): domain's, with the labels of the reader's language. A department sees
// its own.
#pragma once

#include "data/domain/figures.h"
#include "kiosk/desk/home.h"

namespace wq::desk {

using domain::FigureLine;
using FiguresView = domain::Figures;

FiguresView figures_of(Home& home, const domain::Scope& scope, const Speech& speech);

}  // namespace wq::desk
