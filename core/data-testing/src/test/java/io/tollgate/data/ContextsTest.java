package io.tollgate.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.testing.TestDatabase;
import io.tollgate.schema.Contexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContextsTest {
  @Test
  void every_folder_of_migrations_belongs_to_a_context() throws IOException {
    Path migrations = Path.of("..", "schema", "src", "main", "resources", "db");
    try (var folders = Files.list(migrations)) {
      assertThat(folders.map(folder -> folder.getFileName().toString())).isSubsetOf(Contexts.ALL);
    }
  }

  @Test
  void every_context_has_its_schema_and_no_foreign_key_leaves_it() {
    try (TestDatabase database = TestDatabase.create()) {
      List<String> schemas =
          texts(
              database,
              "SELECT table_schema FROM information_schema.tables"
                  + " WHERE table_name = 'flyway_history'");
      assertThat(schemas).isSubsetOf(Contexts.ALL).contains("data");
      List<String> leaving =
          texts(
              database,
              """
              SELECT k.conname::text FROM pg_constraint k
              JOIN pg_class a ON a.oid = k.conrelid
              JOIN pg_class b ON b.oid = k.confrelid
              WHERE k.contype = 'f' AND a.relnamespace <> b.relnamespace
              """);
      assertThat(leaving).isEmpty();
    }
  }

  private static List<String> texts(TestDatabase database, String query) {
    try (var connection = database.owner().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
