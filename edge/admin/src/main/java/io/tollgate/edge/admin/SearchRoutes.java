package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.GivenText;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;

/** {@code GET /api/search?q=}: finds the thing that a pasted text names. */
final class SearchRoutes implements Routes {
  private static final int LONGEST = 200;

  private final ThingSearch search;
  private final AdminGate gate;

  SearchRoutes(ThingSearch search, AdminGate gate) {
    this.search = requireNonNull(search, "search is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(HttpMethod.GET, "/api/search", ErrorForms.admin(), gate.guard(this::find));
  }

  private Response find(Request request) {
    String asked =
        request
            .query("q")
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .orElseThrow(() -> JsonFields.missing("q", "1 to " + LONGEST + " characters"));
    if (asked.length() > LONGEST) {
      // it may be a whole key, which is not repeated
      throw GivenText.refused(
          "q", asked.length() + " characters", "1 to " + LONGEST + " characters");
    }
    return AnswerEnvelope.of(search.find(asked)).withHeader("Cache-Control", "no-store");
  }
}
