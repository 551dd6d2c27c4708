-- What the validators of a scope owed and missed in an epoch. A scope is "network", "watched", or a
-- label such as "group:north". An epoch that a reorg made another one is written again.
CREATE TABLE slo_epoch (
  epoch BIGINT NOT NULL,
  scope TEXT NOT NULL,
  -- For each kind of duty: owed, missed, and of the missed those that the network missed as well.
  inclusion_total BIGINT NOT NULL,
  inclusion_missed BIGINT NOT NULL,
  inclusion_shared BIGINT NOT NULL,
  target_total BIGINT NOT NULL,
  target_missed BIGINT NOT NULL,
  target_shared BIGINT NOT NULL,
  head_total BIGINT NOT NULL,
  head_missed BIGINT NOT NULL,
  head_shared BIGINT NOT NULL,
  sync_total BIGINT NOT NULL,
  sync_missed BIGINT NOT NULL,
  sync_shared BIGINT NOT NULL,
  proposals_total BIGINT NOT NULL,
  proposals_missed BIGINT NOT NULL,
  proposals_shared BIGINT NOT NULL,
  PRIMARY KEY (epoch, scope)
);

-- What a reader without a node must know to make sense of it.
CREATE TABLE slo_clock (
  id BIGINT NOT NULL PRIMARY KEY,
  epoch_millis BIGINT NOT NULL,
  -- When an epoch was last counted, in seconds since 1970.
  counted_at BIGINT NOT NULL
);
