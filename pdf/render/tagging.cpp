#include "pdf/render/tagging.h"

#include <algorithm>
#include <array>

namespace wq::render {

Tagging::Tagging(PdfObjects& objects)
    : objects_(objects),
      root_(objects.dictionary()),
      document_(element("Document", root_)),
      children_(objects.array()),
      parents_(objects.array()) {
    HPDF_Dict catalog = objects.document()->catalog;
    HPDF_Dict marked = objects.inner();
    PdfObjects::add(catalog, "MarkInfo", marked);
    PdfObjects::boolean(marked, "Marked", true);
    PdfObjects::add(catalog, "StructTreeRoot", root_);
    PdfObjects::name(root_, "Type", "StructTreeRoot");
    PdfObjects::add(root_, "K", document_);
    PdfObjects::add(document_, "K", children_);
    HPDF_Dict tree = objects.inner();
    PdfObjects::add(root_, "ParentTree", tree);
    PdfObjects::add(tree, "Nums", parents_);
}

HPDF_Dict Tagging::element(const char* kind, HPDF_Dict parent) {
    HPDF_Dict it = objects_.dictionary();
    PdfObjects::name(it, "Type", "StructElem");
    PdfObjects::name(it, "S", kind);
    PdfObjects::add(it, "P", parent);
    return it;
}

void Tagging::add_page(HPDF_Page page, const std::vector<bool>& parts) {
    std::array<HPDF_Dict, 2> elements{};
    std::array<HPDF_Array, 2> numbers{};
    for (bool heading : {true, false}) {
        if (std::find(parts.begin(), parts.end(), heading) == parts.end()) continue;
        HPDF_Dict it = elements[heading] = element(heading ? "H1" : "P", document_);
        PdfObjects::add(children_, it);
        PdfObjects::add(it, "Pg", page);
        PdfObjects::add(it, "K", numbers[heading] = objects_.array());
    }
    HPDF_Array parents = objects_.array();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        PdfObjects::add_number(numbers[parts[i]], static_cast<int>(i));
        PdfObjects::add(parents, elements[parts[i]]);
    }
    PdfObjects::add_number(parents_, pages_);
    PdfObjects::add(parents_, parents);
    PdfObjects::number(page, "StructParents", pages_++);
    PdfObjects::name(page, "Tabs", "S");
}

}  // namespace wq::render
