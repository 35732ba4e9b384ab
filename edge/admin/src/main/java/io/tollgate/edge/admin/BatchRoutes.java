package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.User;
import io.tollgate.rewards.PointCards;
import io.tollgate.rewards.PointCards.Given;
import io.tollgate.rewards.PointCards.UserRecharge;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code /api/batch}: the same for many users, each by itself: what cannot be done for one says
 * why, and is done for the others.
 */
final class BatchRoutes implements Routes {
  private static final int MOST = 1_000;

  /** Leaves room for a user's number behind it. */
  private static final int KEY_MAX = 100;

  private static final String IDS = "1 to " + MOST + " numbers of users";

  private final Transactions transactions;
  private final IdentityModule identity;
  private final PointCards cards;
  private final AdminGate gate;

  BatchRoutes(
      Transactions transactions, IdentityModule identity, PointCards cards, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.identity = requireNonNull(identity, "identity is null");
    this.cards = requireNonNull(cards, "cards is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    table.blocking(
        HttpMethod.POST,
        "/api/batch/toggle-users",
        errors,
        gate.guard(AdminPermission.USERS, this::toggle));
    table.blocking(
        HttpMethod.POST,
        "/api/batch/recharge-users",
        errors,
        gate.guard(AdminPermission.MONEY, this::recharge));
  }

  private Response toggle(Request request) {
    JsonFields body = JsonFields.of(request.json());
    boolean active = MoneyFields.flag(body, "active");
    return each(
        users(body),
        user -> {
          transactions.write(
              transaction -> {
                identity.userProfiles().setActive(transaction, user, active);
                return active;
              });
          return Done.NOTHING;
        });
  }

  /** With a key, the same request again gives nobody twice. */
  private Response recharge(Request request) {
    JsonFields body = JsonFields.of(request.json());
    PointCardRoutes.Wanted wanted = PointCardRoutes.Wanted.of(body);
    Optional<String> key = PointCardRoutes.key(request);
    if (key.isPresent() && key.get().length() > KEY_MAX) {
      throw GivenText.refused("Idempotency-Key", key.get(), "1 to " + KEY_MAX + " characters");
    }
    return each(users(body), user -> Done.transfer(give(user, wanted, key)));
  }

  private UUID give(UserId id, PointCardRoutes.Wanted wanted, Optional<String> key) {
    Given given =
        transactions.write(
            transaction -> {
              User user =
                  identity
                      .users()
                      .find(transaction, id)
                      .orElseThrow(
                          () -> new Refusal(ErrorCode.USER_NOT_FOUND, "there is no user " + id));
              return cards.give(
                  transaction,
                  new UserRecharge(
                      user.tenant(),
                      id,
                      wanted.type(),
                      wanted.amount(),
                      wanted.remark(),
                      key.map(each -> each + ":" + id.value())));
            });
    return given.transfer();
  }

  /** Does something for each; what cannot be done for one says why. */
  static Response each(Set<UserId> users, Function<UserId, Done> work) {
    List<Outcome> outcomes = new ArrayList<>();
    for (UserId user : users) {
      try {
        Done done = work.apply(user);
        outcomes.add(
            new Outcome(user.value(), true, done.transferId(), done.bindingId(), null, null));
      } catch (Refusal refusal) {
        outcomes.add(
            new Outcome(
                user.value(), false, null, null, refusal.code().name(), refusal.sentence()));
      }
    }
    long done = outcomes.stream().filter(Outcome::success).count();
    return AnswerEnvelope.of(new Outcomes(done, outcomes.size() - done, outcomes));
  }

  /** Whom it is about, each once. */
  static Set<UserId> users(JsonFields body) {
    List<JsonNode> given =
        JsonLists.elements(body, "user_ids", IDS)
            .orElseThrow(() -> JsonFields.missing("user_ids", IDS));
    Set<UserId> users = new LinkedHashSet<>();
    for (JsonNode each : given) {
      if (!each.isIntegralNumber() || !each.canConvertToLong() || each.longValue() < 1) {
        throw GivenText.refused("user_ids", each.toString(), IDS);
      }
      users.add(new UserId(each.longValue()));
    }
    if (users.isEmpty() || users.size() > MOST) {
      throw GivenText.refused("user_ids", users.size() + " of them", IDS);
    }
    return users;
  }

  /**
   * What was done for one user.
   *
   * @param transferId of what was posted
   * @param bindingId of what was opened
   */
  record Done(@Nullable UUID transferId, @Nullable Long bindingId) {
    static final Done NOTHING = new Done(null, null);

    static Done transfer(UUID id) {
      return new Done(id, null);
    }

    static Done binding(long id) {
      return new Done(null, id);
    }
  }

  /**
   * How it went for one user.
   *
   * @param transferId of what was posted
   * @param bindingId of what was opened
   * @param code of the error; null: none
   */
  private record Outcome(
      long userId,
      boolean success,
      @Nullable UUID transferId,
      @Nullable Long bindingId,
      @Nullable String code,
      @Nullable String message) {}

  private record Outcomes(long done, long failed, List<Outcome> results) {}
}
