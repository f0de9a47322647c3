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

// Lists, search and figures at the scale of 300,000 registrations: what they ask for stands before the sealed
// record, which is long. The rows are made anew from the records (projection.h), which this asks for.
constexpr const char* kVersion2 = R"sql(
DROP INDEX registration_of_student;
DROP INDEX registration_in_state;
ALTER TABLE registration RENAME TO registration_1;
CREATE TABLE registration (
    id            BLOB PRIMARY KEY CHECK (length(id) = 16),
    exam_number   TEXT NOT NULL,
    kind          TEXT NOT NULL,
    state         TEXT NOT NULL,
    revision      INTEGER NOT NULL,
    number        TEXT UNIQUE,
    employer_name TEXT NOT NULL,
    changed_ms    INTEGER NOT NULL,
    department    TEXT NOT NULL,
    level         TEXT NOT NULL,
    student_name  TEXT NOT NULL,
    initials      TEXT NOT NULL,  -- of the student's name in pinyin
    waits_for     TEXT NOT NULL,  -- role whose turn it is; empty: nobody's
    flagged       INTEGER NOT NULL CHECK (flagged IN (0, 1)),
    destination   TEXT NOT NULL,  -- code of the table, while in force; else empty
    in_force_day  INTEGER NOT NULL,  -- days since 1970, since when it is in force; else 0
    record        BLOB NOT NULL
) STRICT;
INSERT INTO registration SELECT id, exam_number, kind, state, revision, number, employer_name, changed_ms,
    '', '', '', '', '', 0, '', 0, record FROM registration_1;
DROP TABLE registration_1;
CREATE INDEX registration_of_student ON registration (exam_number);
CREATE INDEX registration_waiting ON registration (waits_for, flagged DESC, changed_ms);
CREATE INDEX registration_waiting_here ON registration (waits_for, department, flagged DESC, changed_ms);
CREATE INDEX registration_changed ON registration (changed_ms DESC);
CREATE INDEX registration_changed_here ON registration (department, changed_ms DESC);
CREATE INDEX registration_in_state ON registration (state, changed_ms DESC);
CREATE INDEX registration_by_name ON registration (student_name);
CREATE INDEX registration_by_initials ON registration (initials);
CREATE INDEX registration_by_employer ON registration (employer_name);
CREATE INDEX registration_in_force ON registration (department, level, destination, in_force_day)
    WHERE destination <> '';

-- Every employer's name that a registration has, once, for a search within names.
CREATE TABLE registered_employer (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

ALTER TABLE draft ADD COLUMN attachments BLOB;
ALTER TABLE graduate ADD COLUMN level TEXT NOT NULL DEFAULT '';
ALTER TABLE graduate ADD COLUMN initials TEXT NOT NULL DEFAULT '';
CREATE INDEX graduate_of ON graduate (department, level);

-- Warned employers (R33): marks of this school, and what the platform says of other schools' marks.
CREATE TABLE warning (
    credit_code TEXT PRIMARY KEY,
    entry       BLOB NOT NULL
) STRICT;
CREATE TABLE shared_warning (
    credit_code TEXT PRIMARY KEY,
    schools     INTEGER NOT NULL,
    categories  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO meta (key, value) VALUES ('rows', 'stale') ON CONFLICT (key) DO UPDATE SET value = 'stale';
)sql";

// Drafts travel (R51): told_ms is the `changed_ms` that other nodes were last told of, 0 for never.
constexpr const char* kVersion3 = R"sql(
ALTER TABLE draft ADD COLUMN told_ms INTEGER NOT NULL DEFAULT 0;
)sql";

// A graduate's revision was a count; it follows from the data now, and the rows from the history.
constexpr const char* kVersion4 = R"sql(
INSERT INTO meta (key, value) VALUES ('rows', 'stale') ON CONFLICT (key) DO UPDATE SET value = 'stale';
)sql";

// A search finds by student number too; the rows are made anew with it.
constexpr const char* kVersion5 = R"sql(
ALTER TABLE graduate ADD COLUMN student_number TEXT NOT NULL DEFAULT '';
CREATE INDEX graduate_by_student_number ON graduate (student_number);
INSERT INTO meta (key, value) VALUES ('rows', 'stale') ON CONFLICT (key) DO UPDATE SET value = 'stale';
)sql";

// The revision of the record that a draft was begun on: 0 for a new one, NULL where nobody noted it.
constexpr const char* kVersion6 = R"sql(
ALTER TABLE draft ADD COLUMN seen INTEGER;
)sql";

// Every paper that was ever issued: found by the beginning of its digest, which is typed by hand, and told of
// once it is no longer in force. And what the platform says of all papers of the nation.
constexpr const char* kVersion7 = R"sql(
CREATE TABLE paper (
    registration BLOB NOT NULL CHECK (length(registration) = 16),
    revision     INTEGER NOT NULL,
    digest       INTEGER NOT NULL,  -- its first 45 bits
    ended        INTEGER NOT NULL CHECK (ended IN (0, 1)),
    PRIMARY KEY (registration, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX paper_by_digest ON paper (digest);
-- The content is long and seldom new; what is signed anew at each sync stands apart from it.
CREATE TABLE verification_list (
    part  TEXT PRIMARY KEY CHECK (part IN ('content', 'statement')),
    bytes BLOB NOT NULL
) STRICT;
INSERT INTO meta (key, value) VALUES ('rows', 'stale') ON CONFLICT (key) DO UPDATE SET value = 'stale';
)sql";

// Whose a page in the tray probably is, by a code that could not be read but was recognised.
constexpr const char* kVersion8 = R"sql(
ALTER TABLE tray ADD COLUMN likely_number TEXT NOT NULL DEFAULT '';
ALTER TABLE tray ADD COLUMN likely_page INTEGER NOT NULL DEFAULT 0;
)sql";

// Prints that this node has begun and not seen the end of; of nobody else's concern.
constexpr const char* kVersion9 = R"sql(
CREATE TABLE print_begun (
    title          TEXT PRIMARY KEY,
    printer        TEXT NOT NULL,
    registration   BLOB NOT NULL CHECK (length(registration) = 16),
    copy           INTEGER NOT NULL,
    paper_revision INTEGER NOT NULL,
    role           TEXT NOT NULL,
    account        TEXT NOT NULL,
    begun_ms       INTEGER NOT NULL,
    process        INTEGER NOT NULL  -- that waits for it
) STRICT, WITHOUT ROWID;
)sql";

// What lost its place in a chain, as it was said: by a node that was copied or restored, or of what
// a platform that was restored does not have any more.
constexpr const char* kVersion10 = R"sql(
CREATE TABLE lost_branch (
    device BLOB NOT NULL CHECK (length(device) = 16),
    epoch  INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hash   BLOB NOT NULL CHECK (length(hash) = 32),
    bytes  BLOB NOT NULL,
    PRIMARY KEY (device, epoch, number, hash)
) STRICT;
-- Closing balances, by day in China.
CREATE TABLE balance (
    day       TEXT PRIMARY KEY,
    closed_ms INTEGER NOT NULL,
    entry     BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX event_own_when ON event (when_ms) WHERE own = 1;
)sql";

constexpr const char* kSteps[] = {kVersion1, kVersion2, kVersion3, kVersion4, kVersion5,
                                  kVersion6, kVersion7, kVersion8, kVersion9, kVersion10};

}  // namespace

std::span<const char* const> schema_steps() { return kSteps; }

}  // namespace wq::store
