// The values of an agreement as blocks of its form grid, in the order of the paper. Inner part of
// agreement.h.
#pragma once

#include "pdf/render/agreement.h"
#include "pdf/render/form_grid.h"

#include <vector>

namespace wq::render {

std::vector<Block> blocks_of(const Agreement& agreement);

}  // namespace wq::render
