// Figures (R47) as a page and as a file, for whichever scope asks: a school, a department, a province, the
// nation. What is counted is readings.h's. Private to sync/platform.
#pragma once

#include "sync/platform/web/frame.h"
#include "sync/platform/web/readings.h"

namespace wq::platform {

protocol::Response figures_page(Visit& visit, const FigureScope& scope);
// CSV for spreadsheets: UTF-8 with its mark, no cell a formula.
protocol::Response figures_file(Visit& visit, const FigureScope& scope);

}  // namespace wq::platform
