package io.auriga.validators.watched;

import io.auriga.runtime.store.Migrations;
import io.auriga.runtime.store.Store;
import io.auriga.types.Address;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Root;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalCredentials;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@link KnownValidators} in the store. */
public final class StoredValidators implements KnownValidators {
  /** The tables, to open a {@link Store} with. */
  public static final Migrations MIGRATIONS =
      Migrations.of("watched", StoredValidators.class, "001-watched.sql");

  private final Store store;

  public StoredValidators(Store store) {
    this.store = store;
  }

  @Override
  public List<Known> all() {
    List<Known> all = new ArrayList<>();
    store.read(
        read -> {
          read.forEach(
              "SELECT validator_index, pubkey, credentials FROM watched_validator"
                  + " ORDER BY validator_index",
              row ->
                  all.add(
                      new Known(
                          new ValidatorIndex(row.number("validator_index")),
                          BlsPublicKey.of(row.bytes("pubkey")),
                          WithdrawalCredentials.of(Root.of(row.bytes("credentials"))))));
          return all;
        });
    return all;
  }

  @Override
  public Map<Address, Search> searches() {
    Map<Address, Search> searches = new HashMap<>();
    store.read(
        read -> {
          read.forEach(
              "SELECT address, searched, searched_at FROM watched_address",
              row ->
                  searches.put(
                      Address.of(row.bytes("address")),
                      new Search(
                          row.number("searched"),
                          Instant.ofEpochSecond(row.number("searched_at")))));
          return searches;
        });
    return searches;
  }

  @Override
  public void learn(Collection<Known> validators, Map<Address, Search> searches) {
    if (validators.isEmpty() && searches.isEmpty()) {
      return;
    }
    store.inTransaction(
        transaction -> {
          transaction.batch(
              """
              INSERT INTO watched_validator (validator_index, pubkey, credentials) VALUES (?, ?, ?)
              ON CONFLICT (validator_index) DO UPDATE SET credentials = excluded.credentials
              """,
              validators,
              (row, one) ->
                  row.number(one.index().value())
                      .bytes(one.key().toBytes())
                      .bytes(one.credentials().bytes().toBytes()));
          transaction.batch(
              """
              INSERT INTO watched_address (address, searched, searched_at) VALUES (?, ?, ?)
              ON CONFLICT (address) DO UPDATE SET
                searched = excluded.searched, searched_at = excluded.searched_at
              """,
              searches.entrySet(),
              (row, one) ->
                  row.bytes(one.getKey().toBytes())
                      .number(one.getValue().validators())
                      .number(one.getValue().begun().getEpochSecond()));
          return validators.size();
        });
  }
}
