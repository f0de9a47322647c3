#include "tests/scan/paper.h"

#include "data/base/utf8.h"
#include "tests/render/samples.h"
#include "tests/workshop/workshop.h"

#include <map>
#include <random>
#include <tuple>

namespace wq::scan::paper {
namespace {

const render::AgreementTemplate& form() {
    static const render::Fonts kFonts;
    static const render::AgreementTemplate kForm(kFonts);
    return kForm;
}

const render::Press& press() {
    static const render::Press kPress(form().fonts(), form().fixed_parts());
    return kPress;
}

std::string code_text(unsigned seed, std::size_t length) {
    static constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::mt19937 random(seed);
    std::string text = "HTTPS://WQ.EXAMPLE.EDU.CN/V/";
    for (std::size_t i = 0; i < length; ++i) text += kLetters[random() % kLetters.size()];
    return text;
}

Bytes made(int number, const render::Agreement& agreement) {
    auto sheets = form().lay_out(agreement);
    std::vector<render::PageCodes> codes;
    for (std::size_t page = 1; page <= sheets->pages.size(); ++page)
        codes.push_back(codes_of(number, static_cast<int>(page)));
    return *render::print(press(), std::move(*sheets), codes);
}

// A digit by another digit, a Han character by another one.
void replace_one(std::string& value, std::mt19937& random) {
    static const std::u32string kHan =
        U"一二三四五六七八九十百千万元月日年东西南北中大小上下木本林王李张刘陈";
    std::u32string points = to_code_points(value);
    for (;;) {
        char32_t& point = points[random() % points.size()];
        const bool digit = point >= U'0' && point <= U'9';
        if (!digit && point < 0x4E00) continue;
        const char32_t other = digit ? U'0' + random() % 10 : kHan[random() % kHan.size()];
        if (other == point) continue;
        point = other;
        break;
    }
    value = to_utf8(points);
}

}  // namespace

render::PageCodes codes_of(int number, int page) {
    const auto seed = static_cast<unsigned>(100 * number + 10 * page);
    return {code_text(seed, 330), code_text(seed + 1, 230), "7K2M-9QX4-TB0R"};
}

const Bytes& issued(int number) {
    static std::map<int, Bytes> known;
    const auto at = known.find(number);
    return at != known.end() ? at->second : known[number] = made(number, render::samples::three_party());
}

Picture printed(int number, double dpi, int page) {
    static std::map<std::tuple<int, double, int>, Picture> known;
    Picture& picture = known[{number, dpi, page}];
    if (picture.is_empty()) picture = workshop::printed(issued(number), page, dpi);
    return picture;
}

Picture stamped(int number, double dpi) {
    const auto seed = static_cast<std::uint64_t>(number) + 1;
    Picture picture = printed(number, dpi);
    workshop::press_seal(picture, {46, 215}, {.tilt = -8.0 + number % 5}, seed);
    workshop::press_seal(picture, {164, 216}, {.name = "天府示例大学就业指导中心", .tilt = 5}, seed + 1);
    workshop::sign(picture, {79, 200, 52, 38}, seed + 2);
    return picture;
}

Picture forged(char digit, double dpi) {
    render::Agreement agreement = render::samples::three_party();
    agreement.employer.contact_mobile.back() = digit;
    return workshop::printed(made(0, agreement), 1, dpi);
}

Picture replaced(int which, double dpi) {
    render::Agreement agreement = render::samples::three_party();
    std::string* const values[] = {&agreement.employer.employer_name,
                                   &agreement.employer.credit_code,
                                   &agreement.employer.region,
                                   &agreement.employer.address,
                                   &agreement.employer.post,
                                   &agreement.employer.contact_name,
                                   &agreement.employer.contact_phone,
                                   &agreement.employer.contact_mobile,
                                   &agreement.student.resident_id,
                                   &agreement.student.exam_number,
                                   &agreement.student.student_number,
                                   &agreement.student.major,
                                   &agreement.student.graduation_month,
                                   &agreement.student.level,
                                   &agreement.school.contact_name,
                                   &agreement.school.contact_phone,
                                   &agreement.school.address,
                                   &agreement.supplement};
    std::mt19937 random(static_cast<unsigned>(which));
    replace_one(*values[random() % std::size(values)], random);
    return workshop::printed(made(0, agreement), 1, dpi);
}

std::vector<sheet::Box> signing_areas() {
    std::vector<sheet::Box> areas;
    for (const sheet::SigningPlace& place : sheet::kThreePartyPlaces) areas.push_back(place.area);
    return areas;
}

}  // namespace wq::scan::paper
