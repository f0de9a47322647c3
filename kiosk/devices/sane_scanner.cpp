#include "kiosk/devices/sane_scanner.h"

#include <sane/saneopts.h>

#include <algorithm>
#include <cstring>

namespace wq::devices {
namespace {

// A4 and a little more, for sheets that lie askew.
constexpr double kWidth = 216, kHeight = 300;  // mm
constexpr double kMmPerInch = 25.4;
constexpr std::size_t kLargestFrame = std::size_t{400} << 20;
constexpr const char* kFeederNames[] = {"feeder", "adf"};

tl::unexpected<Refusal> refusal_of(SANE_Status status) {
    switch (status) {
        case SANE_STATUS_DEVICE_BUSY:
            return refuse("scanner_busy");
        case SANE_STATUS_JAMMED:
            return refuse("scanner_jammed");
        case SANE_STATUS_NO_DOCS:
            return refuse("scanner_empty");
        case SANE_STATUS_COVER_OPEN:
            return refuse("scanner_cover_open");
        case SANE_STATUS_ACCESS_DENIED:
            return refuse("scanner_denied");
        default:
            return refuse("scanner_unreachable");
    }
}

std::vector<const SANE_Device*> devices_found() {
    const SANE_Device** list = nullptr;
    std::vector<const SANE_Device*> found;
    if (sane_get_devices(&list, SANE_FALSE) != SANE_STATUS_GOOD) return found;
    // Cameras come by another way.
    for (; list && *list; ++list)
        if (!std::string_view((*list)->name).starts_with("v4l:")) found.push_back(*list);
    return found;
}

// Of 8 bits whatever the depth; the samples of a row are counted from its start.
std::uint8_t sample(ByteView row, std::size_t at, int depth) {
    if (depth == 1) {
        const std::size_t byte = at / 8;
        return byte < row.size() && (row[byte] >> (7 - at % 8) & 1) ? 0 : 255;
    }
    if (depth != 16) return at < row.size() ? row[at] : 255;
    std::uint16_t value = 0xFFFF;
    if (2 * at + 2 <= row.size()) std::memcpy(&value, row.data() + 2 * at, 2);
    return static_cast<std::uint8_t>(value >> 8);
}

void lay_row(const SANE_Parameters& frame, ByteView row, std::uint8_t* bgr, int width) {
    for (int x = 0; x < width; ++x, bgr += 3) {
        const auto at = static_cast<std::size_t>(x);
        switch (frame.format) {
            case SANE_FRAME_RGB:
                for (std::size_t channel = 0; channel < 3; ++channel)
                    bgr[2 - channel] = sample(row, 3 * at + channel, frame.depth);
                break;
            case SANE_FRAME_GRAY:
                bgr[0] = bgr[1] = bgr[2] = sample(row, at, frame.depth);
                break;
            case SANE_FRAME_RED:
                bgr[2] = sample(row, at, frame.depth);
                break;
            case SANE_FRAME_GREEN:
                bgr[1] = sample(row, at, frame.depth);
                break;
            case SANE_FRAME_BLUE:
                bgr[0] = sample(row, at, frame.depth);
                break;
        }
    }
}

Result<Bytes> read_frame(SANE_Handle device, const std::function<void()>& alive) {
    Bytes data, part(std::size_t{256} << 10);
    for (;;) {
        SANE_Int got = 0;
        const SANE_Status status = sane_read(device, part.data(), static_cast<SANE_Int>(part.size()), &got);
        if (status == SANE_STATUS_EOF) return data;
        if (status != SANE_STATUS_GOOD) return refusal_of(status);
        append(data, ByteView(part).first(static_cast<std::size_t>(got)));
        if (data.size() > kLargestFrame) return refuse("scanner_unreachable");
        alive();
    }
}

}  // namespace

void lay_frame(const SANE_Parameters& frame, ByteView data, scan::Picture& picture) {
    const auto stride = static_cast<std::size_t>(std::max(frame.bytes_per_line, 1));
    if (picture.is_empty()) {
        // A device that does not know how long its page is says -1.
        picture.width = std::max(frame.pixels_per_line, 0);
        picture.height = static_cast<int>(data.size() / stride);
        picture.bgr.assign(std::size_t{3} * static_cast<std::size_t>(picture.width) *
                               static_cast<std::size_t>(picture.height),
                           255);
    }
    const int width = std::min(picture.width, frame.pixels_per_line);
    for (int y = 0; y < picture.height && (static_cast<std::size_t>(y) + 1) * stride <= data.size(); ++y)
        lay_row(frame, data.subspan(static_cast<std::size_t>(y) * stride, stride),
                picture.bgr.data() +
                    std::size_t{3} * static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width),
                width);
}

Result<SaneScanner> SaneScanner::open(const std::string& name) {
    std::string device = name;
    if (name == "auto") {
        const auto found = devices_found();
        if (found.empty()) return refuse("scanner_missing");
        device = found.front()->name;
    }
    SANE_Handle handle = nullptr;
    if (const SANE_Status status = sane_open(device.c_str(), &handle); status != SANE_STATUS_GOOD)
        return refusal_of(status);
    return SaneScanner(handle);
}

SaneScanner::~SaneScanner() {
    if (device_) sane_close(device_);
}

Result<void> SaneScanner::scan(const ScanOrder& order, const std::function<bool(scan::Picture)>& taken,
                               const std::function<void()>& alive) {
    auto fed = choose(order, order.from);
    if (!fed) return tl::make_unexpected(fed.error());
    for (bool first = true;; first = false) {
        auto page = read_page(alive);
        const bool no_paper = !page && page.error().code == "scanner_empty";
        if (no_paper && first && *fed && order.from == PaperFrom::anywhere) {
            // A feeder that is empty: then the page lies on the glass, if there is one.
            fed = choose(order, PaperFrom::glass);
            if (!fed) return tl::make_unexpected(fed.error());
            if (!*fed) page = read_page(alive);
        }
        if (no_paper && !first) break;
        if (!page) {
            sane_cancel(device_);
            return tl::make_unexpected(page.error());
        }
        if (!taken(std::move(*page)) || !*fed) break;
    }
    sane_cancel(device_);
    return {};
}

// Whether pages come from the feeder. The source comes first, for it may change what else is offered.
Result<bool> SaneScanner::choose(const ScanOrder& order, PaperFrom from) {
    SaneOptions options(device_);
    const std::string feeder =
        options.offered_text(SANE_NAME_SCAN_SOURCE, {kFeederNames[0], kFeederNames[1]});
    const std::string glass = options.offered_text(SANE_NAME_SCAN_SOURCE, {"flatbed", "glass", "platen"});
    if (from == PaperFrom::feeder && feeder.empty()) return refuse("scanner_feeder_missing");
    bool fed = from != PaperFrom::glass && !feeder.empty();
    if (fed)
        options.set_text(SANE_NAME_SCAN_SOURCE, feeder);
    else if (!glass.empty())
        options.set_text(SANE_NAME_SCAN_SOURCE, glass);
    else if (!feeder.empty())
        fed = true;  // it has nothing else
    const std::string mode = options.offered_text(SANE_NAME_SCAN_MODE, {"color", "colour", "gray", "grey"});
    if (!mode.empty()) options.set_text(SANE_NAME_SCAN_MODE, mode);
    options.set_number("depth", 8);
    if (!options.set_number(SANE_NAME_SCAN_RESOLUTION, order.dpi)) {
        options.set_number(SANE_NAME_SCAN_X_RESOLUTION, order.dpi);
        options.set_number(SANE_NAME_SCAN_Y_RESOLUTION, order.dpi);
    }
    choose_area(order.dpi);
    for (const auto& [name, value] : order.options)
        if (!options.set_written(name, value))
            return refuse("scanner_option_wrong", {{"option", name}, {"value", value}});
    return fed;
}

void SaneScanner::choose_area(double dpi) {
    SaneOptions options(device_);
    const auto set = [&](const char* name, double mm) {
        options.set_number(name, options.is_in_pixels(name) ? mm / kMmPerInch * dpi : mm);
    };
    set(SANE_NAME_SCAN_TL_X, 0);
    set(SANE_NAME_SCAN_TL_Y, 0);
    set(SANE_NAME_SCAN_BR_X, kWidth);
    set(SANE_NAME_SCAN_BR_Y, kHeight);
}

Result<scan::Picture> SaneScanner::read_page(const std::function<void()>& alive) {
    scan::Picture picture;
    const SaneOptions options(device_);
    picture.dpi = options.number(SANE_NAME_SCAN_RESOLUTION, options.number(SANE_NAME_SCAN_X_RESOLUTION, 0));
    for (;;) {
        if (const SANE_Status status = sane_start(device_); status != SANE_STATUS_GOOD)
            return refusal_of(status);
        SANE_Parameters frame{};
        if (const SANE_Status status = sane_get_parameters(device_, &frame); status != SANE_STATUS_GOOD)
            return refusal_of(status);
        const auto data = read_frame(device_, alive);
        if (!data) return tl::make_unexpected(data.error());
        lay_frame(frame, *data, picture);
        // Red, green and blue may come one after the other.
        if (frame.last_frame) break;
    }
    if (picture.is_empty()) return refuse("scanner_unreachable");
    return picture;
}

std::vector<std::string> list_devices() {
    std::vector<std::string> lines;
    for (const SANE_Device* device : devices_found())
        lines.push_back(std::string(device->name) + "\t" + device->vendor + " " + device->model);
    return lines;
}

}  // namespace wq::devices
