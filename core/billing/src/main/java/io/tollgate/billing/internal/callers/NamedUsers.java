package io.tollgate.billing.internal.callers;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.BillingRecords;
import io.tollgate.billing.internal.callers.BillingCallers.Caller;
import io.tollgate.billing.internal.callers.BillingCallers.Reached;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import java.util.Optional;

/**
 * Finds the users of whom requests ask. A user may leave themselves out; users whom a backend names
 * are made where they were never seen before.
 */
public final class NamedUsers {
  private final BillingCallers callers;
  private final BillingRecords records;

  public NamedUsers(BillingCallers callers, BillingRecords records) {
    this.callers = requireNonNull(callers, "callers is null");
    this.records = requireNonNull(records, "records is null");
  }

  /** A user, as the interface names them. */
  public record Named(String externalId, UserOfTenant user) {}

  /** The user of the path's {@code {user_id}}. */
  public Named ofPath(Request request) {
    return of(request, Optional.of(request.pathParam("user_id")));
  }

  /** The user of the query's {@code user_id}. */
  public Named ofQuery(Request request) {
    return of(request, query(request, "user_id", "userId"));
  }

  /** A parameter of the query that may be written in two ways; when it is given in both, alike. */
  public static Optional<String> query(Request request, String name, String camelCase) {
    Optional<String> snake = request.query(name).filter(text -> !text.isEmpty());
    Optional<String> camel = request.query(camelCase).filter(text -> !text.isEmpty());
    if (snake.isPresent() && camel.isPresent() && !snake.equals(camel)) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          name + ": differs from " + camelCase + " (expected: one of them, or the same in both)");
    }
    return snake.or(() -> camel);
  }

  private Named of(Request request, Optional<String> asked) {
    Caller caller =
        request.bearerToken().isEmpty() && request.header("X-Service-Token").isPresent()
            ? new Caller(callers.backend(request), Optional.empty())
            : callers.caller(request);
    String name =
        asked
            .or(caller::user)
            .orElseThrow(() -> JsonFields.missing("user_id", "the user's external id"));
    Reached reached = caller.reaching(name);
    return new Named(name, records.user(reached.tenant(), name));
  }
}
