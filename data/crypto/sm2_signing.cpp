#include "data/crypto/sm2_signing.h"

#include "data/crypto/hash.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>

#include <algorithm>

namespace wq::crypto {
namespace {

constexpr std::string_view kUserId = "1234567812345678";
constexpr int kSize = 32;

using Number = std::unique_ptr<BIGNUM, Freeing<BN_clear_free>>;
using Context = std::unique_ptr<BN_CTX, Freeing<BN_CTX_free>>;
using Group = std::unique_ptr<EC_GROUP, Freeing<EC_GROUP_free>>;
using EcPoint = std::unique_ptr<EC_POINT, Freeing<EC_POINT_clear_free>>;

Number number() {
    Number it(BN_new());
    require(it != nullptr, "SM2 number");
    return it;
}

void append(Bytes& to, const BIGNUM* number) {
    to.resize(to.size() + kSize);
    require(BN_bn2binpad(number, to.data() + to.size() - kSize, kSize) == kSize, "SM2 number");
}

Number parameter(EVP_PKEY* key, const char* name) {
    BIGNUM* found = nullptr;
    require(EVP_PKEY_get_bn_param(key, name, &found) == 1, "SM2 key");
    return Number(found);
}

// Z of GB/T 32918.2, 5.5: who signs, by which curve.
Digest identity(EVP_PKEY* key, const EC_GROUP* group, BN_CTX* context) {
    constexpr std::size_t kIdBits = kUserId.size() * 8;
    Bytes all{kIdBits >> 8, kIdBits & 0xFF};
    wq::append(all, bytes_of(kUserId));
    const Number p = number(), a = number(), b = number(), x = number(), y = number();
    require(EC_GROUP_get_curve(group, p.get(), a.get(), b.get(), context) == 1 &&
                EC_POINT_get_affine_coordinates(group, EC_GROUP_get0_generator(group), x.get(), y.get(),
                                                context) == 1,
            "SM2 curve");
    for (const Number* part : {&a, &b, &x, &y}) append(all, part->get());
    append(all, parameter(key, OSSL_PKEY_PARAM_EC_PUB_X).get());
    append(all, parameter(key, OSSL_PKEY_PARAM_EC_PUB_Y).get());
    return sm3(all);
}

// The candidates of RFC 6979, 3.2, one after another.
class Nonces {
  public:
    Nonces(ByteView secret, ByteView message_digest) {
        value_.fill(1);
        for (std::uint8_t step : {0, 1}) {
            Bytes text(value_.begin(), value_.end());
            text.push_back(step);
            wq::append(text, secret);
            wq::append(text, message_digest);
            rekey(text);
        }
    }
    const Digest& next() {
        if (used_) {
            Bytes text(value_.begin(), value_.end());
            text.push_back(0);
            rekey(text);
        }
        used_ = true;
        return value_ = hmac_sm3(key_, value_);
    }

  private:
    void rekey(ByteView text) {
        key_ = hmac_sm3(key_, text);
        value_ = hmac_sm3(key_, value_);
    }
    Digest key_{}, value_{};
    bool used_ = false;
};

}  // namespace

struct Sm2Signing::Numbers {
    Group group{EC_GROUP_new_by_curve_name(NID_sm2)};
    const BIGNUM* order = nullptr;
    Number factor;  // 1 / (1 + d)
    Bytes secret;   // d
    Digest identity{};

    ~Numbers() { OPENSSL_cleanse(secret.data(), secret.size()); }
};

Sm2Signing::Sm2Signing(EVP_PKEY* key) {
    auto made = std::make_unique<Numbers>();
    require(made->group != nullptr, "SM2 curve");
    const Context context(BN_CTX_secure_new());
    made->order = EC_GROUP_get0_order(made->group.get());
    const Number d = parameter(key, OSSL_PKEY_PARAM_PRIV_KEY), one_more = number();
    append(made->secret, d.get());
    require(BN_add(one_more.get(), d.get(), BN_value_one()) == 1, "SM2 key");
    BN_set_flags(one_more.get(), BN_FLG_CONSTTIME);
    made->factor.reset(BN_mod_inverse(nullptr, one_more.get(), made->order, context.get()));
    require(made->factor != nullptr, "SM2 key");
    BN_set_flags(made->factor.get(), BN_FLG_CONSTTIME);
    made->identity = wq::crypto::identity(key, made->group.get(), context.get());
    numbers_ = std::move(made);
}

Sm2Signing::~Sm2Signing() = default;

// GB/T 32918.2, 6.1; s = (k - r d) / (1 + d) is worked out as (k + r) / (1 + d) - r.
Signature Sm2Signing::sign(ByteView message) const {
    const EC_GROUP* group = numbers_->group.get();
    const BIGNUM* order = numbers_->order;
    Bytes text(numbers_->identity.begin(), numbers_->identity.end());
    wq::append(text, message);
    const Digest digest = sm3(text);
    const Context context(BN_CTX_secure_new());
    const Number e(BN_bin2bn(digest.data(), kSize, nullptr)), k = number(), x = number(), r = number(),
                                                              sum = number(), s = number();
    const EcPoint point(EC_POINT_new(group));
    require(context && e && point, "SM2 number");
    for (Nonces nonces(numbers_->secret, digest);;) {
        require(BN_bin2bn(nonces.next().data(), kSize, k.get()) != nullptr, "SM2 nonce");
        if (BN_is_zero(k.get()) || BN_cmp(k.get(), order) >= 0) continue;
        BN_set_flags(k.get(), BN_FLG_CONSTTIME);
        require(
            EC_POINT_mul(group, point.get(), k.get(), nullptr, nullptr, context.get()) == 1 &&
                EC_POINT_get_affine_coordinates(group, point.get(), x.get(), nullptr, context.get()) == 1 &&
                BN_mod_add(r.get(), e.get(), x.get(), order, context.get()) == 1 &&
                BN_add(sum.get(), r.get(), k.get()) == 1,
            "SM2 signing");
        if (BN_is_zero(r.get()) || BN_cmp(sum.get(), order) == 0) continue;
        require(BN_mod_mul(s.get(), numbers_->factor.get(), sum.get(), order, context.get()) == 1 &&
                    BN_mod_sub(s.get(), s.get(), r.get(), order, context.get()) == 1,
                "SM2 signing");
        if (!BN_is_zero(s.get())) break;
    }
    Signature raw{};
    BN_bn2binpad(r.get(), raw.data(), kSize);
    BN_bn2binpad(s.get(), raw.data() + kSize, kSize);
    return raw;
}

}  // namespace wq::crypto
