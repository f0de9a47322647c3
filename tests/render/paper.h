// What the tests of paper out share: fonts and press made once, a page read back as text, as a picture
// and as codes.
#pragma once

#include "tests/render/samples.h"

#include <poppler-document.h>
#include <poppler-page.h>

#include <memory>
#include <string>
#include <vector>

namespace wq::render::paper {

const Fonts& fonts();
const AgreementTemplate& form();
const Press& press();

// Lays out and prints with samples::codes(); fails the test if refused.
Bytes printed(const Agreement& agreement);

// Opened by poppler; what it complains about while reading is added to complaints().
std::unique_ptr<poppler::document> opened(const Bytes& pdf);
std::vector<std::string>& complaints();

// True if neither qpdf nor mutool finds anything to complain about.
bool pleases_readers(const Bytes& pdf);

std::string text_of_page(const Bytes& pdf, int page);

// The text of the code in `box`, from the page as a grey picture of `dpi`; empty if it can't be read.
std::string code_text(const Bytes& pdf, int page, sheet::Box box, int dpi);

// 0 is black; the darkest value inside `box`.
int darkest(const Bytes& pdf, int page, sheet::Box box);

// The drawing list in words, a line for each item.
std::string described(const Drawing& drawing);

}  // namespace wq::render::paper
