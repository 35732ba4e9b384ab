package io.tollgate.edge.portal;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.ApiKey;
import io.tollgate.identity.ApiKeyFilter;
import io.tollgate.identity.ApiKeys.IssuedKey;
import io.tollgate.identity.KeyRegister;
import io.tollgate.identity.Principal;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Page;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * {@code /api/v1/me/keys}: the keys of the user who calls. A key of somebody else is not there.
 * Switching off can be taken back; ending cannot.
 */
final class MyKeyRoutes implements Routes {
  private static final String PATH = "/api/v1/me/keys";
  private static final int ROWS_MAX = 100;

  private final Transactions transactions;
  private final KeyRegister keys;
  private final KeyFigures figures;
  private final PortalGate gate;
  private final InstantSource clock;
  private final int keysMax;

  /**
   * @param keysMax keys of one user that have not ended
   */
  MyKeyRoutes(
      Transactions transactions,
      KeyRegister keys,
      KeyFigures figures,
      PortalGate gate,
      InstantSource clock,
      int keysMax) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.figures = requireNonNull(figures, "figures is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.keysMax = keysMax;
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    String one = PATH + "/{id}";
    table.blocking(HttpMethod.GET, PATH, errors, this::list);
    table.blocking(HttpMethod.POST, PATH, errors, this::issue);
    table.blocking(HttpMethod.GET, one, errors, this::show);
    table.blocking(HttpMethod.PUT, one, errors, this::change);
    table.blocking(HttpMethod.DELETE, one, errors, this::end);
    table.blocking(HttpMethod.PATCH, one + "/toggle", errors, this::toggle);
    table.blocking(HttpMethod.POST, one + "/rotate", errors, this::rotate);
  }

  private Response list(Request request) {
    Principal.OfUser caller = gate.require(request).user();
    Page page = Page.from(request, ROWS_MAX);
    Instant now = clock.instant();
    return transactions.read(
        transaction -> {
          ListPage<ApiKey> found =
              keys.list(
                  transaction,
                  of(caller),
                  new ListRequest(page.number(), page.size(), Optional.empty(), true));
          KeyFigures.Read read = figures.read(transaction, caller.tenant(), caller.user(), now);
          return PortalAnswer.list(
              found.rows().stream().map(key -> MyKeyRow.of(key, read, now)).toList(),
              page.number(),
              page.size(),
              found.total());
        });
  }

  private Response issue(Request request) {
    Principal.OfUser caller = gate.require(request).user();
    MyKeyBody body = new MyKeyBody(request.json());
    long open = countOpen(caller);
    if (open >= keysMax) {
      throw new Refusal(
              ErrorCode.CONFLICT, "keys: " + open + " (expected: less than " + keysMax + ")")
          .withDetails("End one that is not used any more.");
    }
    return withSecret(keys.issue(caller.tenant(), caller.user(), body.terms()));
  }

  private Response show(Request request) {
    return shown(mine(request));
  }

  private Response change(Request request) {
    MyKeyBody body = new MyKeyBody(request.json());
    ApiKey key = going(request);
    return shown(keys.change(key.id(), body::over));
  }

  private Response end(Request request) {
    ApiKey key = mine(request);
    if (MyKeyRow.hasEnded(key, clock.instant())) {
      return shown(key);
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    ApiKey ended = keys.change(key.id(), terms -> terms.expiring(Optional.of(now)));
    return shown(ended);
  }

  private Response toggle(Request request) {
    JsonNode given =
        JsonFields.of(request.json())
            .find("enabled")
            .orElseThrow(() -> JsonFields.missing("enabled", "true or false"));
    if (!given.isBoolean()) {
      throw GivenText.refused("enabled", given.toString(), "true or false");
    }
    ApiKey key = going(request);
    return shown(keys.setEnabled(key.id(), given.booleanValue()));
  }

  private Response rotate(Request request) {
    long grace =
        request.body().length == 0
            ? 0
            : JsonFields.of(request.json())
                .wholeNumber("grace_seconds", 0, KeyRegister.MAX_GRACE.toSeconds())
                .orElse(0L);
    ApiKey key = going(request);
    return withSecret(keys.rotate(key.id(), Duration.ofSeconds(grace)));
  }

  private long countOpen(Principal.OfUser caller) {
    Instant now = clock.instant();
    return transactions.read(
        transaction ->
            keys
                .list(transaction, of(caller), ListRequest.first(Math.min(500, keysMax * 2)))
                .rows()
                .stream()
                .filter(key -> !MyKeyRow.hasEnded(key, now))
                .count());
  }

  private ApiKey going(Request request) {
    ApiKey key = mine(request);
    if (MyKeyRow.hasEnded(key, clock.instant())) {
      throw new Refusal(ErrorCode.CONFLICT, "the key has ended (expected: one that goes on)")
          .withDetails("Make a new key.");
    }
    return key;
  }

  private ApiKey mine(Request request) {
    Principal.OfUser caller = gate.require(request).user();
    String text = request.pathParam("id");
    return id(text)
        .flatMap(keys::find)
        .filter(key -> key.user().equals(caller.user()) && key.tenant().equals(caller.tenant()))
        // a session's own key is not theirs to change
        .filter(ApiKey::lasting)
        .orElseThrow(
            () -> new Refusal(ErrorCode.NOT_FOUND, "there is no key " + GivenText.shown(text)));
  }

  private static Optional<ApiKeyId> id(String text) {
    try {
      long id = Numerals.wholeNumber(text);
      return id > 0 ? Optional.of(new ApiKeyId(id)) : Optional.empty();
    } catch (NumberFormatException _) {
      // as one that is not there
      return Optional.empty();
    }
  }

  private static ApiKeyFilter of(Principal.OfUser caller) {
    return ApiKeyFilter.ALL.of(caller.tenant()).of(caller.user()).lastingOnly();
  }

  private Response withSecret(IssuedKey issued) {
    ApiKey key =
        keys.find(issued.id())
            .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "the key is gone"));
    return PortalAnswer.of(new SecretShown(issued.secret(), row(key)));
  }

  private Response shown(ApiKey key) {
    return PortalAnswer.of(row(key));
  }

  private MyKeyRow row(ApiKey key) {
    Instant now = clock.instant();
    KeyFigures.Read read =
        transactions.read(transaction -> figures.read(transaction, key.tenant(), key.user(), now));
    return MyKeyRow.of(key, read, now);
  }

  /** A key with its secret, which is shown this once. */
  private record SecretShown(String secret, MyKeyRow key) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "SecretShown[key=" + key.id() + "]";
    }
  }
}
