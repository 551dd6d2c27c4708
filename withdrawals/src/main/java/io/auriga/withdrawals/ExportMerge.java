package io.auriga.withdrawals;

import io.auriga.runtime.store.Read;
import io.auriga.withdrawals.WithdrawalSelect.Found;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One pass over everything a filter asks for: the canonical rows as a stream, and between them the
 * orphaned ones, which are fetched a few at a time.
 */
final class ExportMerge {
  private static final int ORPHANS_AT_ONCE = 500;

  private final Read read;
  private final WithdrawalFilter filter;
  private final WithdrawalSelect select;
  private final Consumer<WithdrawalRecord> sink;
  private final Deque<Found> orphans = new ArrayDeque<>();
  private @Nullable PageCursor orphansRead;
  private boolean orphansEnded;

  ExportMerge(Read read, WithdrawalFilter filter, Consumer<WithdrawalRecord> sink) {
    this.read = read;
    this.filter = filter;
    this.select = new WithdrawalSelect(filter);
    this.sink = sink;
  }

  void run() {
    select
        .canonical(read, null)
        .ifPresent(
            sql ->
                read.forEach(
                    sql.text(),
                    row -> {
                      Found next = Found.of(row);
                      passOrphansBefore(next);
                      sink.accept(next.record());
                    },
                    sql.parameters()));
    passOrphansBefore(null);
  }

  private void passOrphansBefore(@Nullable Found canonical) {
    while (nextOrphan().filter(o -> isDue(o, canonical)).isPresent()) {
      sink.accept(orphans.removeFirst().record());
    }
  }

  private boolean isDue(Found orphan, @Nullable Found canonical) {
    return canonical == null || orphan.isBefore(canonical, filter.order());
  }

  private Optional<Found> nextOrphan() {
    if (orphans.isEmpty() && !orphansEnded) {
      select
          .orphaned(orphansRead)
          .map(sql -> sql.then("LIMIT ?", ORPHANS_AT_ONCE))
          .ifPresent(sql -> orphans.addAll(read.query(sql.text(), Found::of, sql.parameters())));
      orphansEnded = orphans.size() < ORPHANS_AT_ONCE;
      if (!orphans.isEmpty()) {
        orphansRead = orphans.getLast().cursor(filter.order());
      }
    }
    return Optional.ofNullable(orphans.peekFirst());
  }
}
