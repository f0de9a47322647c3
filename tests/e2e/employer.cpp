#include "tests/e2e/employer.h"

#include "data/domain/fields.h"
#include "data/os/files.h"
#include "pdf/scan/page_image.h"

#include <nlohmann/json.hpp>

namespace wq::e2e {
namespace {

void write(const std::filesystem::path& file, ByteView content) {
    if (!os::write_file(file, content)) throw Fault("can't write " + file.string());
}

}  // namespace

domain::Form account_form(const domain::Form& agreement) {
    domain::Form account{{"legal_representative", "示例法人"},     {"officer_name", "示例专员"},
                         {"officer_id", "510108199903140010"},     {"officer_mobile", "13800200001"},
                         {"officer_email", "officer@example.com"}, {"authorized_until", "2030-12-31"}};
    for (const domain::Field& field : domain::employer_fields())
        if (const auto value = domain::value_of(agreement, field.key); !value.empty())
            account.emplace(field.key, value);
    return account;
}

std::vector<std::string> register_arguments(const std::filesystem::path& folder, const domain::Form& account,
                                            const std::vector<std::string>& kinds_of_files) {
    const std::string code(domain::value_of(account, "credit_code"));
    const auto form = folder / ("account-" + code + ".json"), picture = folder / "stamped.jpg";
    const std::string text = nlohmann::json(account).dump();
    write(form, bytes_of(text));
    write(picture, scan::to_jpeg(scan::Picture{300, 400, Bytes(300 * 400 * 3, 200)}));
    std::vector<std::string> arguments{"admin", "employer", code,     "submit",
                                       "--as",  "employer", "--form", form.string()};
    for (const std::string& kind : kinds_of_files)
        arguments.insert(arguments.end(), {"--attach", kind + "=" + picture.string()});
    return arguments;
}

void approve_employer(const PlatformCommand& platform, const std::filesystem::path& folder,
                      const domain::Form& agreement) {
    const domain::Form account = account_form(agreement);
    platform(register_arguments(folder, account, {"business_licence", "authorization_letter"}));
    platform({"admin", "employer", std::string(domain::value_of(account, "credit_code")), "approve", "--as",
              "ministry:reviewer"});
}

}  // namespace wq::e2e
