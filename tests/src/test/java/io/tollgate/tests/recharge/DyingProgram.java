package io.tollgate.tests.recharge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.installation.OwnDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * An installation that dies at the step of billing that it is told, and is started again. It is
 * told by a file, so that what a test has left does not need another start before the next.
 */
final class DyingProgram implements AutoCloseable {
  private static final Duration DEATH = Duration.ofSeconds(30);

  private final Path step;
  private final Installation installation;
  private final Cashier cashier;
  private final OwnDatabase database;

  DyingProgram() {
    try {
      this.step = Files.createTempFile("tollgate", ".step");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.installation =
        Installation.startWith(
            Map.of("TOLLGATE_CRASH_AT", "billing-told-by:" + step),
            "--billing-subscription-due-ms=200");
    this.cashier = new Cashier(installation);
    this.database = new OwnDatabase(installation);
  }

  Cashier cashier() {
    return cashier;
  }

  OwnDatabase database() {
    return database;
  }

  /** Lets it die at a step that the call makes it reach, and starts it again. */
  void dieAt(String code, Supplier<HttpResponse<String>> call) {
    write("billing-" + code);
    try {
      HttpResponse<String> _ = call.get();
    } catch (UncheckedIOException _) {
      // the program is gone before it has answered
    }
    installation.awaitDeath(DEATH);
    assertThat(installation.process().exitValue()).isEqualTo(137);
    write("");
    installation.startAgain();
  }

  /** The same with a death for which nothing needs to be called. */
  void dieOfItselfAt(String code, Runnable before) {
    write("billing-" + code);
    before.run();
    installation.awaitDeath(DEATH);
    assertThat(installation.process().exitValue()).isEqualTo(137);
    write("");
    installation.startAgain();
  }

  /** Posts as the demo's administrator. */
  HttpResponse<String> asAdmin(String path, String body, String... headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Authorization";
    all[headers.length + 1] = "Bearer " + cashier.client().adminToken();
    return cashier.post(cashier.client().url(path), body, all);
  }

  /** The number of an order in the administrators' list. */
  long number(Cashier.Order order) {
    URI orders = cashier.client().url("/api/recharge-orders?order_id=" + order.id());
    return Client.json(
            cashier
                .client()
                .get(orders, "Authorization", "Bearer " + cashier.client().adminToken()))
        .required("data")
        .get(0)
        .required("id")
        .asLong();
  }

  void assertCleanBooks() {
    JsonNode audit = cashier.client().audit(cashier.client().adminToken());
    assertThat(audit.required("clean").asBoolean()).as(audit.toString()).isTrue();
  }

  private void write(String code) {
    try {
      Path next = step.resolveSibling(step.getFileName() + ".next");
      Files.writeString(next, code);
      Path _ =
          Files.move(
              next,
              step,
              java.nio.file.StandardCopyOption.REPLACE_EXISTING,
              java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    installation.close();
    try {
      boolean _ = Files.deleteIfExists(step);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
