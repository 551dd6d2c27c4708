-- Which validator has which key, as a node said when it was first asked: so that a restart knows it
-- without a node, and so that a node that says otherwise later is found out.
CREATE TABLE watched_validator (
  validator_index BIGINT NOT NULL PRIMARY KEY,
  pubkey BYTEA NOT NULL,
  credentials BYTEA NOT NULL
);

CREATE UNIQUE INDEX watched_validator_key ON watched_validator (pubkey);

-- How far all validators of the chain were searched for those that pay to an address.
CREATE TABLE watched_address (
  address BYTEA NOT NULL PRIMARY KEY,
  -- Validators looked at: the next to look at has this index.
  searched BIGINT NOT NULL,
  -- When the last search from index 0 began, in seconds since 1970.
  searched_at BIGINT NOT NULL
);
