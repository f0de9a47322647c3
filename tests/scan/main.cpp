#define BOOST_TEST_MODULE scan
#include <boost/test/unit_test.hpp>
