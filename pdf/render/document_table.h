// What stands where on the documents of document.h, as plain tables: blocks of labelled values, materials to
// tick, sentences, places to sign. Not for how they are drawn (document.cpp). Inner part of document.h.
#pragma once

#include "pdf/render/document.h"

#include <span>

namespace wq::render {

struct DocumentCell {
    std::string_view label, key;
};

// Without a right cell, the left value has the whole width.
struct DocumentRow {
    DocumentCell left, right = {};
};

struct DocumentBlock {
    std::string_view name;  // written downwards
    std::span<const DocumentRow> rows;
};

struct DocumentSigning {
    std::string_view party, signer;  // "用人单位（公章）", "经办人："
    bool stamped;
};

struct DocumentSpec {
    Document document;
    std::string_view name, version, title;
    std::string_view note;  // small, under the title
    std::span<const DocumentBlock> blocks;
    std::span<const std::string_view> materials;  // to be ticked by hand
    std::span<const std::string_view> text;       // paragraphs; {key} is filled in
    bool text_first;                              // above the blocks, as in a letter
    bool identity_card;                           // places to paste copies of its two sides
    std::span<const DocumentSigning> signing;     // two beside each other, or three
};

std::span<const DocumentSpec> document_specs();
const DocumentSpec& spec_of(Document document);

}  // namespace wq::render
