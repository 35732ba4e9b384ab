package io.tollgate.bench.program;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Many users with one key each and money of their own. Their money is given over HTTP, which makes
 * them; their keys are written into the running database, in the form in which the program keeps
 * keys, as nothing makes keys over the wire yet. They have no free quota: their money pays.
 */
final class UserCrowd {
  private static final int AT_ONCE = 16;
  private static final int DOLLARS = 100;
  private static final int SECRET_CHARACTERS = 43;
  private static final String LETTERS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private static final String NO_QUOTA =
      "UPDATE identity.tenant_user SET monthly_free_tokens = 0 WHERE external_id LIKE 'bench-%'";

  /** A key is kept as its SHA-256 and its first characters; the limit is there to be counted. */
  private static final String INSERT =
      """
      INSERT INTO identity.api_key
             (tenant_id, user_id, name, secret_hash, prefix, requests_per_minute, created_at%s)
      SELECT u.tenant_id, u.id, 'bench', sha256(convert_to(k.secret, 'UTF8')),
             left(k.secret, 8), 1000000, now()%s
        FROM unnest(?::text[], ?::text[]) AS k (external_id, secret)
        JOIN identity.tenant_user u ON u.external_id = k.external_id
      """;

  private UserCrowd() {}

  /**
   * Makes them on a running program.
   *
   * @param data its data directory
   * @param keys where their keys are written, one a line
   */
  static void make(DemoAccess demo, HttpClient client, Path data, Path keys, int size)
      throws IOException, InterruptedException {
    String[] names = new String[size];
    String[] secrets = new String[size];
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < size; i++) {
      names[i] = "bench-" + i;
      secrets[i] = secret(random);
    }
    give(demo, client, names);
    try (Connection connection = BooksView.connect(data);
        PreparedStatement insert = connection.prepareStatement(insert(connection))) {
      try (PreparedStatement noQuota = connection.prepareStatement(NO_QUOTA)) {
        noQuota.executeUpdate();
      }
      insert.setArray(1, connection.createArrayOf("text", names));
      insert.setArray(2, connection.createArrayOf("text", secrets));
      int made = insert.executeUpdate();
      if (made != size) {
        throw new IOException(made + " keys were made (expected: " + size + ")");
      }
    } catch (SQLException e) {
      throw new IOException("keys could not be made: " + e.getMessage(), e);
    }
    Files.write(keys, List.of(secrets));
  }

  /** An earlier build that is measured beside may not say yet when a key was changed. */
  private static String insert(Connection connection) throws SQLException {
    try (ResultSet column =
        connection.getMetaData().getColumns(null, "identity", "api_key", "updated_at")) {
      return column.next() ? INSERT.formatted(", updated_at", ", now()") : INSERT.formatted("", "");
    }
  }

  private static void give(DemoAccess demo, HttpClient client, String[] names)
      throws IOException, InterruptedException {
    try (ExecutorService givers = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Boolean>> given = new ArrayList<>();
      for (String name : names) {
        given.add(
            givers.submit(
                () -> {
                  demo.give(client, name, DOLLARS);
                  return true;
                }));
      }
      for (Future<Boolean> each : given) {
        if (!each.get()) {
          throw new IOException("a grant was not given");
        }
      }
    } catch (ExecutionException e) {
      throw new IOException("a grant was not given: " + e.getCause(), e);
    }
  }

  private static String secret(SecureRandom random) {
    StringBuilder text = new StringBuilder("sk-");
    for (int i = 0; i < SECRET_CHARACTERS; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
