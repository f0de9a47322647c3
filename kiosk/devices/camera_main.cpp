// wangqian-camera DEVICE: the camera's program. Started by kiosk/devices/camera.cpp, to which it tells frames
// over its pipe (wire.h), ten a second, until nobody listens. DEVICE: a number, a name as /dev/video0, or
// pictures as DIR/%03d.jpg in place of a camera.
#include "kiosk/devices/wire.h"

#include <opencv2/videoio.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>

namespace {

using namespace wq;

constexpr std::chrono::milliseconds kFrame{100};
constexpr int kWidth = 4096, kHeight = 3072;  // the device gives the nearest that it has

bool open(cv::VideoCapture& camera, const std::string& device) {
    if (device.find('%') != std::string::npos) return camera.open(device, cv::CAP_IMAGES);
    const bool number = !device.empty() && device.size() < 3 &&
                        std::ranges::all_of(device, [](char c) { return c >= '0' && c <= '9'; });
    const bool opened =
        number ? camera.open(std::stoi(device), cv::CAP_V4L2) : camera.open(device, cv::CAP_V4L2);
    if (!opened) return false;
    camera.set(cv::CAP_PROP_FOURCC, cv::VideoWriter::fourcc('M', 'J', 'P', 'G'));
    camera.set(cv::CAP_PROP_FRAME_WIDTH, kWidth);
    camera.set(cv::CAP_PROP_FRAME_HEIGHT, kHeight);
    camera.set(cv::CAP_PROP_BUFFERSIZE, 1);
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    devices::Wire wire;
    if (argc != 2) return 2;
    cv::VideoCapture camera;
    if (!open(camera, argv[1])) return wire.refusal("camera_missing"), 0;
    const bool live = std::string(argv[1]).find('%') == std::string::npos;
    auto due = std::chrono::steady_clock::now();
    for (cv::Mat frame; camera.read(frame) && frame.type() == CV_8UC3;) {
        // A camera is faster than anybody needs it and its frames must not pile up; pictures are not.
        if (live && std::chrono::steady_clock::now() < due) continue;
        std::this_thread::sleep_until(due);
        due = std::chrono::steady_clock::now() + kFrame;
        const cv::Mat whole = frame.isContinuous() ? frame : frame.clone();
        if (!wire.picture({whole.cols, whole.rows, Bytes(whole.data, whole.data + whole.total() * 3), 0}))
            break;
    }
    return 0;
}
