#include "tests/bench/scan_peers.h"

#include "pdf/scan/mat.h"

#include <ZXing/ReadBarcode.h>
#include <opencv2/imgproc.hpp>

#ifdef WQ_WITH_ZBAR
extern "C" int wq_zbar_codes(const unsigned char* grey, unsigned width, unsigned height);
#endif

namespace wq::bench {
namespace {

cv::Mat grey_of(const scan::Picture& picture) {
    cv::Mat grey;
    cv::cvtColor(scan::view_of(picture), grey, cv::COLOR_BGR2GRAY);
    return grey;
}

bool by_zxing(const scan::Picture& picture) {
    const cv::Mat grey = grey_of(picture);
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode)
        .setTryHarder(true)
        .setTryRotate(true)
        .setTryDownscale(true);
    return ZXing::ReadBarcode(
               {grey.data, grey.cols, grey.rows, ZXing::ImageFormat::Lum, static_cast<int>(grey.step)}, hints)
        .isValid();
}

#ifdef WQ_WITH_ZBAR
bool by_zbar(const scan::Picture& picture) {
    const cv::Mat grey = grey_of(picture);
    return wq_zbar_codes(grey.data, static_cast<unsigned>(grey.cols), static_cast<unsigned>(grey.rows)) > 0;
}
#endif

}  // namespace

std::vector<Peer> peers() {
    return {{"zxing", by_zxing},
#ifdef WQ_WITH_ZBAR
            {"zbar", by_zbar}
#endif
    };
}

}  // namespace wq::bench
