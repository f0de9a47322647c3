// Other readers of codes on the same pages, for the bench: what they find on the grey picture, as they come.
// Never a part of the product.
#pragma once

#include "pdf/scan/picture.h"

#include <string_view>
#include <vector>

namespace wq::bench {

struct Peer {
    std::string_view name;
    bool (*read)(const scan::Picture& picture);  // true: at least one code
};

// ZXing 1.4, trying harder; ZBar where it was there to build with.
std::vector<Peer> peers();

}  // namespace wq::bench
