-- A table for tests; the semicolon in this comment; ends nothing.
CREATE TABLE notes (
  id BIGINT NOT NULL PRIMARY KEY,
  body TEXT, -- may be null
  data BYTEA
);
CREATE INDEX notes_body ON notes (body) WHERE body <> ';';
