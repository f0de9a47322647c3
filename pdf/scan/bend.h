// How paper bends: on a grid of places, how far each lies from where it should. From block to block by trial
// on a coarse picture, then exactly by the slopes of the ink, neighbours holding each other. Inner part of
// overlay.h: two pictures of one page, upright and alike; nothing about what is on them.
#pragma once

#include <opencv2/core.hpp>

namespace wq::scan {

// A page as it should be, at one fineness, with what is wanted of it again and again.
struct Slopes {
    Slopes() = default;
    Slopes(const cv::Mat& page, int block_side);

    int block = 0;                 // pixels a side of what moves as one
    cv::Mat ink;                   // CV_8U
    cv::Mat across, along;         // CV_16S, half of the step from pixel to pixel
    cv::Mat_<cv::Vec3f> strength;  // of each block: sums of across², across·along, along²
};

// Shifts in pixels of the page that they are for, one for each block's middle.
class Bend {
  public:
    Bend(cv::Size blocks, int block) : block_(block), shifts_(blocks, cv::Vec2f()) {}

    // By trial: the least difference within `reach` pixels.
    static Bend tried(const cv::Mat& scan, const Slopes& issued, int reach);

    // The same for a page `finer` times as large, in other blocks.
    Bend carried(double finer, cv::Size blocks, int block) const;
    // Moves on to where the ink of both agrees best, by a pixel or so at most.
    void improve(const cv::Mat& scan, const Slopes& issued);
    // `page` as it would lie if it weren't bent.
    cv::Mat straightened(const cv::Mat& page) const;

    // Of shifts from block to block, in the mean: pixels.
    double roughness() const;

  private:
    cv::Vec2f at(double x, double y) const;  // in blocks
    void relax(const cv::Mat_<cv::Vec2f>& push, const Slopes& issued);

    int block_;
    cv::Mat_<cv::Vec2f> shifts_;
};

}  // namespace wq::scan
