// A file that a school uploads: any bytes, in any encoding. What is taken passes the checks.
#include "data/domain/roster.h"
#include "data/os/assets.h"
#include "data/os/files.h"
#include "data/os/text.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto kCodes = wq::os::load_codes(wq::os::assets_folder()).value();
    static const std::string kHeader =
        "考生号,学号,姓名,性别,出生日期,身份证号,生源地代码,民族,政治面貌,院系,层次,专业名称,学制,入学时间,"
        "毕业时间,培养方式\n";
    const auto text = wq::os::text_of_unknown_encoding(wq::text_of({data, size}));
    if (!text) return 0;
    (void)wq::domain::RosterReader::open(*text, "示例大学", kCodes);
    (void)wq::os::normal_text(*text);
    auto file = wq::domain::RosterReader::open(kHeader + *text, "示例大学", kCodes);
    if (!file) return 0;
    std::size_t taken = 0;
    while (const auto graduates = file->next()) {
        taken += graduates->size();
        for (const auto& graduate : *graduates)
            wq::fuzz::require(wq::domain::check_graduate(graduate, kCodes).empty());
    }
    wq::fuzz::require(taken <= file->rows());
    return 0;
}
