-- What the watched validators earned in an epoch. An epoch that a reorg made another one is written
-- again, or gone if no node says what it is now.
CREATE TABLE rewards_epoch (
  epoch BIGINT NOT NULL PRIMARY KEY,
  -- A canonical block behind the last that can have the epoch's attestations.
  as_of_slot BIGINT NOT NULL,
  as_of_root BYTEA NOT NULL,
  is_final INTEGER NOT NULL,
  -- Compared with duties that were counted from blocks: parts of validators.
  parts_equal BIGINT NOT NULL,
  parts_explained BIGINT NOT NULL,
  parts_different BIGINT NOT NULL,
  difference TEXT,
  -- The validators' parts, as RewardCodec writes them.
  validators BYTEA NOT NULL
);

-- What a reader without a node must know to make sense of it.
CREATE TABLE rewards_clock (
  id BIGINT NOT NULL PRIMARY KEY,
  epoch_millis BIGINT NOT NULL,
  -- When an epoch was last asked for, in seconds since 1970.
  collected_at BIGINT NOT NULL
);
