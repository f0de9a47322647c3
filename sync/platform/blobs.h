// Pictures on the platform: immutable, named by the SM3 of the plain file, sealed in the home's `blobs`
// folder, each school's by itself. They come in parts that survive a cut. Private to sync/platform.
#pragma once

#include "sync/platform/connections.h"
#include "sync/protocol/messages.h"

#include <filesystem>

namespace wq::platform {

struct Blob {
    Bytes content;
    std::string media_type;
};

class Blobs {
  public:
    Blobs(Connections& connections, const crypto::Sealer& sealer, std::filesystem::path home)
        : connections_(&connections), sealer_(&sealer), home_(std::move(home)) {}

    protocol::PartsHeld held(const std::string& school, const domain::Hash& hash);
    // Durable when it returns. A part of a complete blob changes nothing. Refusals: `part_wrong` {part},
    // `disk_full`, `file_unwritable`.
    Result<void> put_part(const std::string& school, const domain::Hash& hash, std::size_t part,
                          ByteView content);
    // Joins the parts; nothing happens where it is complete. Refuses with `blob_wrong` parts that don't make
    // up the name; they are thrown away then.
    Result<void> commit(const std::string& school, const domain::Hash& hash, const std::string& media_type,
                        Instant now);
    // A whole file at once, durable when it returns; gives its name. Not inside a transaction. Refusals:
    // `disk_full`, `file_unwritable`.
    Result<domain::Hash> keep(const std::string& school, ByteView content, const std::string& media_type,
                              Instant now);
    // Throws away what of uploads nobody went on with for a week; whoever comes back is told that nothing is
    // held. Gives the number of uploads.
    std::size_t sweep();
    // Refusal: `blob_unknown`.
    Result<Blob> read(const std::string& school, const domain::Hash& hash);

  private:
    bool is_complete(const std::string& school, const domain::Hash& hash);
    std::filesystem::path file_of(const std::string& school, const domain::Hash& hash) const;
    std::filesystem::path parts_of(const std::string& school, const domain::Hash& hash) const;
    Connections* connections_;
    const crypto::Sealer* sealer_;
    std::filesystem::path home_;
};

}  // namespace wq::platform
