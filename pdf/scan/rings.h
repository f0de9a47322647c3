// Circles among edges: each edge says by its direction where a middle may be; where many agree, it is proven
// that edges stand all around. Inner part of seals.h: plain points, no pictures.
#pragma once

#include "pdf/render/sheet.h"

#include <cstddef>
#include <vector>

namespace wq::scan {

struct Edge {
    float x, y;    // mm
    float dx, dy;  // across the edge, of length 1
};

struct Ring {
    sheet::Point centre;  // mm
    double radius = 0;    // mm, of the outer edge
    double part = 0;      // of its outline that has an edge, 0–1
};

struct RingSearch {
    double least = 12, most = 31;  // radius, mm
    double part = 0.42;
    std::size_t at_once = 8;  // rings, at most
    bool on_sheet = true;     // beyond the sheet's edges no edge can be seen, so none is missed
};

// The fullest first; what lies within one belongs to it alone.
std::vector<Ring> find_rings(std::vector<Edge> edges, const RingSearch& search);

}  // namespace wq::scan
