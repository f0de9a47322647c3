// The employment agreement (就业协议书) on A4: the form with its signing places on page 1, the clauses on
// page 2, and an annex where the supplementary terms or long values need one. First lay it out, which
// tells the number of pages; then make the codes; then print with them. Pure: the same agreement and
// codes always give the same bytes. Not for what the codes say, nor for numbers and fingerprints.
#pragma once

#include "pdf/render/press.h"

#include <span>
#include <string>
#include <vector>

namespace wq::render {

// The version of wording and geometry that this source prints; old versions stay printable.
inline constexpr const char* kAgreementTemplate = "JY-2026-1";

enum class Parties { two, three };

// Every value as people read it (names of codes, not codes), UTF-8. Empty ones are struck out (／).
struct AgreementEmployer {
    std::string employer_name, credit_code, employer_nature, industry, region, address, post;
    std::string contact_name, contact_phone, contact_mobile, contact_email;
    bool solves_household = false;
};

struct AgreementStudent {
    std::string name, sex, resident_id, exam_number, student_number, school_name, level, years, major;
    std::string graduation_month, origin, training_mode;
};

struct AgreementSchool {
    std::string school_name, office_name, contact_name, contact_phone, address;
};

struct Agreement {
    Parties parties = Parties::three;
    std::string number;
    std::string fingerprint;  // shown in the footer, for example "SM3 7F3A 91C2"
    std::string template_version = kAgreementTemplate;
    bool sample = false;  // marks every page 样张
    AgreementEmployer employer;
    AgreementStudent student;
    AgreementSchool school;
    std::string supplement;  // 协议补充内容; line feeds make paragraphs
};

// The texts of one page's two codes, in the QR alphanumeric set, and the code to type by hand, printed under
// both.
struct PageCodes {
    std::string upper, lower;
    std::string by_hand;
};

// What all agreements of a template have alike, laid out once. Built once for its fonts, which must live as
// long; shared by all threads.
class AgreementTemplate {
  public:
    explicit AgreementTemplate(const Fonts& fonts);
    ~AgreementTemplate();

    // All pages but for their codes; `pages.size()` is the m of "page n of m". Refuses before anything else
    // with `template_unknown` {version} or `character_not_printable` {code_point}.
    Result<Sheets> lay_out(const Agreement& agreement) const;

    // For the press to make ready.
    FixedParts fixed_parts() const;

    const Fonts& fonts() const { return fonts_; }

  private:
    struct Fixed;
    const Fonts& fonts_;
    std::unique_ptr<const Fixed> fixed_;
};

// Adds the codes, one pair for each page, and prints. Refuses with `codes_missing` {pages, codes},
// `code_text_invalid`, or `code_text_too_long` {length, limit} if modules would be below 0.5 mm.
Result<Bytes> print(const Press& press, Sheets sheets, std::span<const PageCodes> codes);

}  // namespace wq::render
