package io.auriga.app.web.page;

import java.util.List;
import java.util.Optional;

/** Blocks, newest first. */
public record BlocksPage(
    Chrome chrome, List<BlockRow> rows, boolean live, Optional<String> olderLink) {
  public BlocksPage {
    rows = List.copyOf(rows);
  }
}
