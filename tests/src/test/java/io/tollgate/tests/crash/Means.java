package io.tollgate.tests.crash;

import static org.awaitility.Awaitility.await;

import io.tollgate.tests.cluster.Cluster;
import io.tollgate.tests.crash.Books.Booked;
import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * What users had, what they were given, and whether what they have left fits what was charged; and
 * so does a limit of what all of them may spend, where there is one.
 */
final class Means {
  private static final String TOKEN = "TOKEN";
  private static final String MONEY = "USD";

  private final Cluster cluster;
  private final Books books;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Map<String, Long>> expected = new HashMap<>();
  private final SpendLimitOf common;
  private final OptionalLong spendable;

  Means(Cluster cluster, Books books) {
    this.cluster = cluster;
    this.books = books;
    this.common = SpendLimitOf.everybody(cluster.postgres());
    this.spendable = common.left();
    for (Demo.User user : cluster.demo().users()) {
      expected.put(user.userId(), new HashMap<>(books.means(user.userId())));
    }
  }

  /** Gives money, in nano dollars; tries until it is known to be done, with one key. */
  void giveMoney(Demo.User user, long nanos) {
    give(user, MONEY, BigDecimal.valueOf(nanos, 9).toPlainString());
    add(user.userId(), MONEY, nanos);
  }

  void giveTokens(Demo.User user, long tokens) {
    give(user, TOKEN, Long.toString(tokens));
    add(user.userId(), TOKEN, tokens);
  }

  /** Charged and remaining are what there was: a sentence for each that is not so. */
  List<String> faults(Collection<List<Booked>> booked) {
    Map<String, Map<String, Long>> left = new HashMap<>();
    expected.forEach((user, assets) -> left.put(user, new HashMap<>(assets)));
    for (List<Booked> rows : booked) {
      Booked row = rows.getFirst();
      Map<String, Long> assets = left.computeIfAbsent(row.user(), user -> new HashMap<>());
      assets.merge(TOKEN, -row.quota(), Long::sum);
      assets.merge(MONEY, -(row.paid() + row.owed()), Long::sum);
    }
    List<String> faults = new ArrayList<>();
    left.forEach(
        (user, assets) -> {
          Map<String, Long> found = books.means(user);
          assets.forEach(
              (asset, units) -> {
                if (!units.equals(found.getOrDefault(asset, 0L))) {
                  faults.add(
                      "user %s has %d of %s left (expected: %d)"
                          .formatted(user, found.getOrDefault(asset, 0L), asset, units));
                }
              });
        });
    spendable.ifPresent(before -> limitFault(before, booked).ifPresent(faults::add));
    return faults;
  }

  /** A limit of everybody has counted what everybody was charged. */
  private Optional<String> limitFault(long before, Collection<List<Booked>> booked) {
    long wanted = before;
    for (List<Booked> rows : booked) {
      wanted -= rows.getFirst().paid() + rows.getFirst().owed();
    }
    OptionalLong left = common.left();
    return left.isPresent() && left.getAsLong() == wanted
        ? Optional.empty()
        : Optional.of("the common limit leaves " + left + " (expected: " + wanted + ")");
  }

  private void add(String user, String asset, long units) {
    expected.computeIfAbsent(user, key -> new HashMap<>()).merge(asset, units, Long::sum);
  }

  private void give(Demo.User user, String asset, String amount) {
    String body =
        Client.JSON.writeValueAsString(
            Map.of(
                "user_id",
                user.userId(),
                "asset",
                asset,
                "amount",
                amount,
                "idempotency_key",
                UUID.randomUUID().toString()));
    HttpRequest request =
        HttpRequest.newBuilder(cluster.office().url().resolve("/internal/v1/billing/grants"))
            .timeout(Duration.ofSeconds(20))
            .header("X-Service-Token", cluster.demo().serviceToken())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    await("a grant")
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> given(request));
  }

  private boolean given(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() < 500 && response.statusCode() != 200) {
        throw new AssertionError(response.statusCode() + ": " + response.body());
      }
      return response.statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }
}
