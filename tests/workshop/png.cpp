// PNG of our own pixels (ISO 15948): plain for tests, with a palette for the pictures of screens in the
// documentation.
#include "data/base/result.h"
#include "tests/workshop/workshop.h"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <map>

namespace wq::workshop {
namespace {

constexpr std::size_t kMostColours = 256;
constexpr int kAlike = 300;  // squared distance under which a colour stands for another

using Colour = std::array<int, 3>;  // red, green, blue

int distance(const Colour& a, const Colour& b) {
    int sum = 0;
    for (std::size_t i = 0; i < 3; ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum;
}

Colour colour_at(const Picture& picture, std::size_t pixel) {
    const std::uint8_t* bgr = picture.bgr.data() + pixel * 3;
    return {bgr[2], bgr[1], bgr[0]};
}

// The most frequent colours, none like another: first far apart, then closer until the palette is full.
std::vector<Colour> palette_of(const std::map<Colour, std::size_t>& count) {
    std::vector<std::pair<std::size_t, Colour>> by_count;
    for (const auto& [colour, times] : count) by_count.emplace_back(times, colour);
    std::ranges::sort(by_count, std::ranges::greater{});
    std::vector<Colour> palette;
    for (int apart = kAlike; apart > 0 && palette.size() < kMostColours; apart /= 4)
        for (const auto& [times, colour] : by_count) {
            if (palette.size() == kMostColours) break;
            const auto near = [&](const Colour& known) { return distance(known, colour) < apart; };
            if (std::ranges::none_of(palette, near)) palette.push_back(colour);
        }
    return palette;
}

std::uint8_t nearest(const std::vector<Colour>& palette, const Colour& colour) {
    const auto at =
        std::ranges::min_element(palette, {}, [&](const Colour& known) { return distance(known, colour); });
    return static_cast<std::uint8_t>(at - palette.begin());
}

void put_number(Bytes& to, std::size_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) to.push_back(static_cast<std::uint8_t>(number >> shift));
}

void put_chunk(Bytes& to, std::string_view name, const Bytes& content) {
    put_number(to, content.size());
    const std::size_t start = to.size();
    to.insert(to.end(), name.begin(), name.end());
    to.insert(to.end(), content.begin(), content.end());
    put_number(to, libdeflate_crc32(0, to.data() + start, to.size() - start));
}

Bytes compressed(const Bytes& rows, int level) {
    libdeflate_compressor* worker = libdeflate_alloc_compressor(level);
    if (!worker) throw Fault("no memory for compressing");
    Bytes out(libdeflate_zlib_compress_bound(worker, rows.size()));
    out.resize(libdeflate_zlib_compress(worker, rows.data(), rows.size(), out.data(), out.size()));
    libdeflate_free_compressor(worker);
    return out;
}

enum class ColourType : std::uint8_t { rgb = 2, palette = 3 };

Bytes head(const Picture& picture, ColourType type) {
    Bytes head;
    put_number(head, static_cast<std::size_t>(picture.width));
    put_number(head, static_cast<std::size_t>(picture.height));
    head.insert(head.end(), {8, static_cast<std::uint8_t>(type), 0, 0, 0});
    return head;
}

Bytes png(const Bytes& head, const Bytes& colours, const Bytes& rows) {
    Bytes file{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    put_chunk(file, "IHDR", head);
    if (!colours.empty()) put_chunk(file, "PLTE", colours);
    put_chunk(file, "IDAT", rows);
    put_chunk(file, "IEND", {});
    return file;
}

}  // namespace

Bytes to_png(const Picture& picture) {
    Bytes rows;
    rows.reserve(picture.bgr.size() + static_cast<std::size_t>(picture.height));
    for (std::size_t at = 0; at < picture.bgr.size(); at += 3) {
        if (at % (std::size_t{3} * static_cast<std::size_t>(picture.width)) == 0)
            rows.push_back(0);  // no filter
        rows.insert(rows.end(), {picture.bgr[at + 2], picture.bgr[at + 1], picture.bgr[at]});
    }
    return png(head(picture, ColourType::rgb), {}, compressed(rows, 6));
}

Bytes to_small_png(const Picture& picture) {
    const auto width = static_cast<std::size_t>(picture.width),
               height = static_cast<std::size_t>(picture.height);
    std::map<Colour, std::size_t> count;
    for (std::size_t pixel = 0; pixel < width * height; ++pixel) ++count[colour_at(picture, pixel)];
    const std::vector<Colour> palette = palette_of(count);
    std::map<Colour, std::uint8_t> place;
    for (const auto& [colour, times] : count) place[colour] = nearest(palette, colour);
    Bytes rows, colours;
    for (std::size_t pixel = 0; pixel < width * height; ++pixel) {
        if (pixel % width == 0) rows.push_back(0);  // no filter
        rows.push_back(place[colour_at(picture, pixel)]);
    }
    for (const Colour& colour : palette)
        for (const int part : colour) colours.push_back(static_cast<std::uint8_t>(part));
    return png(head(picture, ColourType::palette), colours, compressed(rows, 12));
}

}  // namespace wq::workshop
