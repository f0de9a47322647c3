#include "data/domain/graduate.h"

namespace wq::domain {

bool may_sign(const Graduate& graduate, const Codes& codes) {
    const Code* mode = codes.table("training_mode").find(graduate["training_mode"]);
    return mode && mode->value("eligible") == "yes";
}

}  // namespace wq::domain
