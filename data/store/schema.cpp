#include "data/store/schema.h"

namespace wq::store {
namespace {

constexpr const char* kVersion1 = R"sql(
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Every act of this node and every act that the school's feed brought, as exact bytes (sealed).
-- Own acts without a verdict are the outbox.
CREATE TABLE event (
    seq          INTEGER PRIMARY KEY,
    device       BLOB NOT NULL CHECK (length(device) = 16),
    epoch        INTEGER NOT NULL,
    number       INTEGER NOT NULL CHECK (number > 0),
    id           BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    type         TEXT NOT NULL,
    registration BLOB,
    hash         BLOB NOT NULL CHECK (length(hash) = 32),
    bytes        BLOB NOT NULL,
    own          INTEGER NOT NULL CHECK (own IN (0, 1)),
    feed         INTEGER UNIQUE,
    verdict      TEXT CHECK (verdict IN ('accepted', 'rejected', 'quarantined')),
    code         TEXT NOT NULL DEFAULT '',
    when_ms      INTEGER NOT NULL,
    UNIQUE (device, epoch, number)
) STRICT;
CREATE INDEX event_of_registration ON event (registration, seq) WHERE registration IS NOT NULL;
CREATE INDEX event_waiting ON event (number) WHERE own = 1 AND verdict IS NULL;

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE trusted_key (spki BLOB PRIMARY KEY, entry BLOB NOT NULL) STRICT;

CREATE TABLE graduate (
    exam_number        TEXT PRIMARY KEY,
    name               TEXT NOT NULL,
    department         TEXT NOT NULL,
    resident_tag       BLOB,
    mobile_tag         BLOB,
    email_tag          BLOB,
    base               BLOB NOT NULL,
    revision           INTEGER NOT NULL,
    confirmed_revision INTEGER NOT NULL DEFAULT 0,
    confirmed_ms       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX graduate_resident ON graduate (resident_tag);
CREATE INDEX graduate_mobile ON graduate (mobile_tag);
CREATE INDEX graduate_email ON graduate (email_tag);

CREATE TABLE account (
    account      TEXT PRIMARY KEY,
    role         TEXT NOT NULL,
    department   TEXT NOT NULL,
    display_name TEXT NOT NULL,
    verifier     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- Failures belong to this node alone; `login` is a tag, for accounts that don't exist too.
CREATE TABLE login_failure (
    login           BLOB PRIMARY KEY,
    count           INTEGER NOT NULL,
    locked_until_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE employer (
    credit_code TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    entry       BLOB NOT NULL
) STRICT;
CREATE INDEX employer_name ON employer (name);

CREATE TABLE draft (
    id          BLOB PRIMARY KEY CHECK (length(id) = 16),
    kind        TEXT NOT NULL,
    exam_number TEXT NOT NULL,
    step        INTEGER NOT NULL,
    form        BLOB NOT NULL,
    changed_ms  INTEGER NOT NULL
) STRICT;
CREATE INDEX draft_of_student ON draft (exam_number);

CREATE TABLE registration (
    id            BLOB PRIMARY KEY CHECK (length(id) = 16),
    exam_number   TEXT NOT NULL,
    kind          TEXT NOT NULL,
    state         TEXT NOT NULL,
    revision      INTEGER NOT NULL,
    number        TEXT UNIQUE,
    employer_name TEXT NOT NULL,
    record        BLOB NOT NULL,
    changed_ms    INTEGER NOT NULL
) STRICT;
CREATE INDEX registration_of_student ON registration (exam_number);
CREATE INDEX registration_in_state ON registration (state, changed_ms);

CREATE TABLE print (
    registration   BLOB NOT NULL,
    copy           INTEGER NOT NULL,
    paper_revision INTEGER NOT NULL,
    when_ms        INTEGER NOT NULL,
    PRIMARY KEY (registration, copy)
) STRICT, WITHOUT ROWID;

CREATE TABLE picture (
    hash       BLOB PRIMARY KEY CHECK (length(hash) = 32),
    size       INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    here       INTEGER NOT NULL CHECK (here IN (0, 1)),
    sent       INTEGER NOT NULL CHECK (sent IN (0, 1)),
    wanted     INTEGER NOT NULL CHECK (wanted IN (0, 1))  -- named by an act, so that it travels
) STRICT, WITHOUT ROWID;
CREATE INDEX picture_to_send ON picture (hash) WHERE wanted = 1 AND here = 1 AND sent = 0;
CREATE INDEX picture_to_fetch ON picture (hash) WHERE wanted = 1 AND here = 0;

CREATE TABLE returned_page (
    registration   BLOB NOT NULL,
    paper_revision INTEGER NOT NULL,
    page           INTEGER NOT NULL,
    entry          BLOB NOT NULL,
    PRIMARY KEY (registration, paper_revision, page)
) STRICT, WITHOUT ROWID;
CREATE TABLE tray (
    id          INTEGER PRIMARY KEY,
    picture     BLOB NOT NULL REFERENCES picture (hash),
    source      TEXT NOT NULL,
    reason      TEXT NOT NULL,
    received_ms INTEGER NOT NULL,
    settled_ms  INTEGER,
    UNIQUE (picture, reason)
) STRICT;

CREATE TABLE conflict (
    event        BLOB PRIMARY KEY CHECK (length(event) = 16),
    registration BLOB NOT NULL,
    exam_number  TEXT NOT NULL,
    code         TEXT NOT NULL,
    when_ms      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

constexpr const char* kSteps[] = {kVersion1};

}  // namespace

std::span<const char* const> schema_steps() { return kSteps; }

}  // namespace wq::store
