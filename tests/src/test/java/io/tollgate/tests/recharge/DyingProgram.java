package io.tollgate.tests.recharge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.DeathFile;
import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.installation.OwnDatabase;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** An installation that dies at the step of billing that it is told, and is started again. */
final class DyingProgram implements AutoCloseable {
  private final DeathFile deaths = new DeathFile();
  private final Installation installation =
      Installation.startWith(deaths.environment(), "--billing-subscription-due-ms=200");
  private final Cashier cashier = new Cashier(installation);
  private final OwnDatabase database = new OwnDatabase(installation);

  Cashier cashier() {
    return cashier;
  }

  OwnDatabase database() {
    return database;
  }

  /** Lets it die at a step that the call makes it reach, and starts it again. */
  void dieAt(String code, Supplier<HttpResponse<String>> call) {
    dieOfItselfAt(
        code,
        () -> {
          try {
            HttpResponse<String> _ = call.get();
          } catch (UncheckedIOException _) {
            // the program is gone before it has answered
          }
        });
  }

  /** The same with a death that follows some work. */
  void dieOfItselfAt(String code, Runnable before) {
    deaths.die(installation, "billing-" + code, before);
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

  @Override
  public void close() {
    installation.close();
    deaths.close();
  }
}
