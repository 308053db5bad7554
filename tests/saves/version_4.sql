BEGIN TRANSACTION;
CREATE TABLE attempts (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        spell TEXT NOT NULL,
        code TEXT NOT NULL,
        reason TEXT,                        -- NULL: a draft that was put aside and never cast
        mistake TEXT,
        seconds REAL NOT NULL DEFAULT 0,
        verdict TEXT NOT NULL DEFAULT '{}'
    );
INSERT INTO "attempts" VALUES(1,'2026-01-01T00:01:00.000+00:00','kansas/ledger','eggs = 12','failed',NULL,0.0,'{}');
CREATE TABLE cards (
        card TEXT PRIMARY KEY,
        data TEXT NOT NULL                  -- JSON: how well it is known, when it is due
    ) WITHOUT ROWID;
INSERT INTO "cards" VALUES('kansas/what-a-row-is','{"stability": 2.3065, "difficulty": 2.118, "last": "2026-01-01T00:01:00+00:00", "due": "2026-01-03T00:01:00+00:00"}');
CREATE TABLE hints (spell TEXT PRIMARY KEY, seen INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO "hints" VALUES('kansas/ledger',2);
CREATE TABLE keepsakes (
        id INTEGER PRIMARY KEY,
        spell TEXT NOT NULL,
        number INTEGER NOT NULL,            -- which of the spell's casts, from 1
        passed INTEGER NOT NULL,
        kind TEXT NOT NULL,                 -- curve or picture
        name TEXT NOT NULL,
        data TEXT NOT NULL                  -- JSON
    );
INSERT INTO "keepsakes" VALUES(1,'kansas/ledger',1,0,'curve','loss','{"points": [[1, 2.5], [2, 1.25]], "broken": []}');
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "meta" VALUES('created','2026-01-01T00:00:00.000+00:00');
CREATE TABLE reviews (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        card TEXT NOT NULL,
        rating INTEGER NOT NULL,            -- 1 wrong, 2 nearly, 3 right
        answer TEXT NOT NULL                -- as it was typed
    );
INSERT INTO "reviews" VALUES(1,'2026-01-01T00:02:00.000+00:00','kansas/what-a-row-is',3,'tensor([1, 2])');
CREATE TABLE turns (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        line TEXT,                          -- what was typed; NULL: nothing was
        answer TEXT NOT NULL DEFAULT '',    -- what was shown, as text
        state TEXT,                         -- JSON; kept for the newest turns and where pinned
        step INTEGER NOT NULL DEFAULT 0,    -- 1: undo takes this turn back
        undone INTEGER NOT NULL DEFAULT 0,
        pin TEXT                            -- stage that begins here: its state is kept
    );
INSERT INTO "turns" VALUES(1,'2026-01-01T00:00:00.000+00:00',NULL,'…','{"room": "kansas/yard"}',0,0,NULL);
INSERT INTO "turns" VALUES(2,'2026-01-01T00:00:00.000+00:00','north','…','{"room": "kansas/kitchen"}',1,0,NULL);
CREATE INDEX turns_steps ON turns (id) WHERE step = 1 AND undone = 0;
CREATE INDEX turns_pins ON turns (id) WHERE pin IS NOT NULL;
CREATE INDEX attempts_passed ON attempts (spell, id, at) WHERE reason = 'passed';
CREATE INDEX keepsakes_spell ON keepsakes (spell, number);
CREATE INDEX attempts_counted ON attempts (spell, id, reason, mistake, seconds, at);
COMMIT;
PRAGMA user_version = 4;
