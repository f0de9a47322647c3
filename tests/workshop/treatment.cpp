#include "tests/workshop/treatment.h"

#include "data/base/result.h"
#include "pdf/scan/mat.h"
#include "pdf/scan/page_image.h"
#include "pdf/scan/readers.h"

#include <opencv2/imgproc.hpp>

#include <cmath>

namespace wq::workshop {

void lay_ink(cv::Mat page, const cv::Mat& ink, const cv::Scalar& colour, double strength) {
    for (int y = 0; y < page.rows; ++y)
        for (int x = 0; x < page.cols; ++x) {
            const double part = ink.at<std::uint8_t>(y, x) / 255.0 * strength;
            if (part <= 0) continue;
            auto& pixel = page.at<cv::Vec3b>(y, x);
            for (int c = 0; c < 3; ++c)
                pixel[c] = cv::saturate_cast<std::uint8_t>(pixel[c] * (1 - part) +
                                                           pixel[c] * colour[c] / 255 * part);
        }
}

cv::Mat noisy(const cv::Mat& page, double deviation, cv::RNG& random) {
    cv::Mat wide, noise(page.size(), CV_16SC3), result;
    random.fill(noise, cv::RNG::NORMAL, 0, deviation);
    page.convertTo(wide, CV_16SC3);
    wide += noise;
    wide.convertTo(result, CV_8UC3);
    return result;
}

cv::Mat as_jpeg(const cv::Mat& page, int quality) {
    // Our own bytes: no child is needed.
    cv::Mat result(page.size(), CV_8UC3);
    scan::Canvas canvas({result.data, 3 * result.total()});
    if (!scan::read_jpeg(scan::to_jpeg(scan::picture_of(page), quality), canvas))
        throw Fault("the workshop can't read its own JPEG");
    return result;
}

cv::Mat shaded(const cv::Mat& page, const cv::Mat& light) {
    cv::Mat result(page.size(), CV_8UC3);
    for (int y = 0; y < page.rows; ++y)
        for (int x = 0; x < page.cols; ++x)
            for (int c = 0; c < 3; ++c)
                result.at<cv::Vec3b>(y, x)[c] =
                    cv::saturate_cast<std::uint8_t>(page.at<cv::Vec3b>(y, x)[c] * light.at<float>(y, x));
    return result;
}

cv::Mat lit(const cv::Mat& page, double depth, double direction) {
    cv::Mat_<float> light(page.size());
    for (int y = 0; y < page.rows; ++y)
        for (int x = 0; x < page.cols; ++x) {
            const double along = std::cos(direction) * (x / double(page.cols) - 0.5) +
                                 std::sin(direction) * (y / double(page.rows) - 0.5);
            light(y, x) = static_cast<float>(1 - depth * (along + 0.5));
        }
    return shaded(page, light);
}

cv::Mat_<float> hills(cv::Size size, double grain, cv::RNG& random) {
    cv::Mat_<float> coarse(static_cast<int>(size.height / grain) + 3,
                           static_cast<int>(size.width / grain) + 3),
        fine;
    random.fill(coarse, cv::RNG::UNIFORM, -1, 1);
    cv::resize(coarse, fine, size, 0, 0, cv::INTER_CUBIC);
    return fine;
}

cv::Rect pixels(const sheet::Box& box, double scale) {
    return {static_cast<int>(box.x * scale), static_cast<int>(box.y * scale),
            static_cast<int>(box.width * scale), static_cast<int>(box.height * scale)};
}

}  // namespace wq::workshop
