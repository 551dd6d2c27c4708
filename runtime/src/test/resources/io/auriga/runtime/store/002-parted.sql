-- What both have in common.
CREATE TABLE notes_common (id BIGINT NOT NULL PRIMARY KEY);
