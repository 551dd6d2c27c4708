package io.auriga.app.cli;

import io.auriga.types.AurigaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The era files that a command was given: by name, or all of a folder. */
final class EraFiles {
  private EraFiles() {}

  /**
   * Files as they are named, and for a folder all names in it that end with {@code .era}, in order.
   *
   * @throws AurigaException {@code AUR-CLI-USAGE} if a folder has none
   */
  static List<Path> find(List<Path> named) {
    List<Path> files = new ArrayList<>();
    for (Path path : named) {
      if (Files.isDirectory(path)) {
        files.addAll(in(path));
      } else {
        files.add(path);
      }
    }
    return files;
  }

  private static List<Path> in(Path folder) {
    try (Stream<Path> names = Files.list(folder)) {
      List<Path> eras = names.filter(name -> name.toString().endsWith(".era")).sorted().toList();
      if (eras.isEmpty()) {
        throw new AurigaException(
            CliError.USAGE, "import history", "there are no .era files in " + folder);
      }
      return eras;
    } catch (IOException failure) {
      throw new AurigaException(
          CliError.FILE_UNREADABLE, "look into " + folder, String.valueOf(failure), failure);
    }
  }
}
