// An employer on the platform, registered and approved by the commands that stand for its pages and the
// ministry's.
#pragma once

#include "data/domain/form.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace wq::e2e {

// Runs `wangqian-platform` with these arguments; its failure is thrown.
using PlatformCommand = std::function<std::string(std::vector<std::string>)>;

// The account's form for the employer that an agreement's form names, with an invented signing officer.
domain::Form account_form(const domain::Form& agreement);

// Both need files, which are made in `folder`.
std::vector<std::string> register_arguments(const std::filesystem::path& folder, const domain::Form& account,
                                            const std::vector<std::string>& kinds_of_files);
void approve_employer(const PlatformCommand& platform, const std::filesystem::path& folder,
                      const domain::Form& agreement);

}  // namespace wq::e2e
