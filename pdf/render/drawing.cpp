#include "pdf/render/drawing.h"

namespace wq::render {
namespace {

Box square_around(Point centre, double side) {
    return {centre.x - side / 2, centre.y - side / 2, side, side};
}

}  // namespace

void add_frame(Drawing& page, Box box, double width, double grey) {
    // The horizontal sides reach over the corners, so that these are whole.
    const double half = width / 2;
    page.add(Line{{box.x - half, box.y}, {box.right() + half, box.y}, width, grey});
    page.add(Line{{box.x - half, box.bottom()}, {box.right() + half, box.bottom()}, width, grey});
    page.add(Line{{box.x, box.y}, {box.x, box.bottom()}, width, grey});
    page.add(Line{{box.right(), box.y}, {box.right(), box.bottom()}, width, grey});
}

void add_corner_marks(Drawing& page) {
    for (Point mark : sheet::kMarks) {
        page.add(Filled{square_around(mark, sheet::kMarkSize), 0});
        page.add(Filled{square_around(mark, sheet::kMarkSize - 2 * sheet::kMarkRing), 1});
    }
}

}  // namespace wq::render
