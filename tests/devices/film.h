// Pictures in place of a camera: a desk on which pages are laid, moved and taken away. Ten frames are a
// second. What is made of them is the camera's.
#pragma once

#include "pdf/scan/picture.h"

#include <filesystem>
#include <string>

namespace wq::stage {

class Film {
  public:
    static constexpr int kWidth = 1400, kHeight = 1900;  // pixels

    Film();
    ~Film();
    Film(const Film&) = delete;
    Film& operator=(const Film&) = delete;

    // A grey desk with the page on it, `away` pixels below its place.
    void frame(const scan::Picture& page, int away);
    // It lies still for so many frames.
    void still(const scan::Picture& page, int count);
    // As wangqian-camera opens it.
    std::string device() const { return (folder_ / "%03d.jpg").string(); }

  private:
    std::filesystem::path next();

    std::filesystem::path folder_;
    int frames_ = 0;
};

}  // namespace wq::stage
