#include "tests/data/doc.h"

#include "data/os/files.h"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_CASE(the_readme_says_what_the_tables_say) {
    const std::string readme = wq::os::read_text(WQ_DATA_README).value();
    BOOST_REQUIRE(readme.find(wq::test::kDocBegin) != std::string::npos);
    BOOST_TEST((wq::test::with_generated_doc(readme) == readme), "run wq_data_doc data/README.md");
}
