-- What this store is: one row per property that must never change, such as the network.
CREATE TABLE store_identity (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);
