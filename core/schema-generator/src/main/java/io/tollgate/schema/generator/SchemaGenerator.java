package io.tollgate.schema.generator;

import io.tollgate.postgres.DataDirectory;
import io.tollgate.postgres.EmbeddedPostgres;
import io.tollgate.postgres.PostgresOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * Makes the typed SQL classes of every context: starts PostgreSQL in a temporary folder, runs the
 * migrations, and generates one package per schema. Does nothing when neither the migrations nor
 * the generator changed since.
 */
public final class SchemaGenerator {
  private SchemaGenerator() {}

  /**
   * @param arguments the folder with one folder of migrations per context; the folder to write to;
   *     the file that says what was written from; the version of the code generator
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 4) {
      throw new IllegalArgumentException(
          "arguments: " + arguments.length + " (expected: migrations, output, stamp, version)");
    }
    Path migrations = Path.of(arguments[0]).toAbsolutePath();
    Path output = Path.of(arguments[1]).toAbsolutePath();
    Path stampFile = Path.of(arguments[2]).toAbsolutePath();
    Stamp stamp = Stamp.of(migrations, arguments[3]);
    if (Files.isDirectory(output) && stamp.isIn(stampFile)) {
      return;
    }
    Files.deleteIfExists(stampFile);
    Trees.delete(output);
    Files.createDirectories(output);
    generate(contexts(migrations), migrations, output);
    stamp.write(stampFile);
  }

  private static void generate(List<String> contexts, Path migrations, Path output)
      throws Exception {
    Path temporary = Files.createTempDirectory("tollgate-schema-");
    try (DataDirectory directory = DataDirectory.open(temporary, InstantSource.system());
        EmbeddedPostgres postgres =
            EmbeddedPostgres.start(directory, PostgresOptions.throwaway())) {
      new ScratchDatabase(postgres).migrate(contexts, migrations);
      new Codegen(postgres).generate(contexts, output);
    } finally {
      Trees.delete(temporary);
    }
  }

  private static List<String> contexts(Path migrations) throws IOException {
    try (var folders = Files.list(migrations)) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    }
  }
}
