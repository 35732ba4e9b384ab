package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.FactorOwner;
import io.tollgate.identity.MailLanguage;
import io.tollgate.identity.NewUser;
import io.tollgate.identity.Passports;
import io.tollgate.identity.SecondFactors;
import io.tollgate.identity.UserFilter;
import io.tollgate.identity.UserProfiles;
import io.tollgate.identity.UserProfiles.UserProfile;
import io.tollgate.identity.UserSessions;
import io.tollgate.identity.Users;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/users}: users of all tenants. Owners and support switch them on and off, end their
 * sessions, and let them set another password by mail.
 */
final class UserRoutes implements Routes {
  private static final String PATH = "/api/users";
  private final Transactions transactions;
  private final Users users;
  private final UserProfiles profiles;
  private final UserSessions sessions;
  private final SecondFactors factors;
  private final Passports passports;
  private final AdminGate gate;
  private final AdminList<UserFilter, UserProfile> list;

  UserRoutes(
      Transactions transactions,
      Users users,
      UserProfiles profiles,
      UserSessions sessions,
      SecondFactors factors,
      Passports passports,
      AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.users = requireNonNull(users, "users is null");
    this.profiles = requireNonNull(profiles, "profiles is null");
    this.sessions = requireNonNull(sessions, "sessions is null");
    this.factors = requireNonNull(factors, "factors is null");
    this.passports = requireNonNull(passports, "passports is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.list =
        AdminList.counted(PATH, UserRoutes::filter, profiles::list, UserRow.class, UserRow::of);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    String one = PATH + "/{id}";
    list.declare(table, gate, transactions);
    table.blocking(HttpMethod.POST, PATH, errors, gate.guard(AdminPermission.USERS, this::create));
    table.blocking(HttpMethod.GET, one, errors, gate.guard(this::show));
    table.blocking(
        HttpMethod.POST,
        one + "/toggle-status",
        errors,
        gate.guard(AdminPermission.USERS, this::toggle));
    table.blocking(
        HttpMethod.POST,
        one + "/end-sessions",
        errors,
        gate.guard(AdminPermission.USERS, this::endSessions));
    table.blocking(
        HttpMethod.POST,
        one + "/reset-totp",
        errors,
        gate.guard(AdminPermission.USERS, this::resetFactor));
    table.blocking(
        HttpMethod.POST,
        one + "/send-reset",
        errors,
        gate.guard(AdminPermission.USERS, this::sendReset));
  }

  private Response sendReset(Request request) {
    passports.sendReset(find(request).user().id());
    return AnswerEnvelope.of(
        Map.of("message", "a mail with which the password is set is on its way"));
  }

  private static UserFilter filter(Filters filters) {
    return new UserFilter(
        filters.tenant(),
        filters.id("id", UserId::new),
        filters.text("user_id"),
        filters.text("email"),
        filters.text("invite_code"),
        filters.id("inviter_id", UserId::new),
        filters.either("active"));
  }

  private Response create(Request request) {
    JsonFields body = JsonFields.of(request.json());
    TenantId tenant =
        body.wholeNumber("tenant_id", 1, Long.MAX_VALUE)
            .map(TenantId::new)
            .orElseThrow(() -> JsonFields.missing("tenant_id", "a whole number from 1"));
    NewUser wanted =
        new NewUser(
            tenant,
            body.text("user_id", "1 to 64 of letters, digits, - and _"),
            body.text("email", "an address"),
            body.find("password").isPresent()
                ? Optional.of(body.requireSecret("password"))
                : Optional.empty(),
            body.wholeNumber("monthly_free_tokens", 0, Long.MAX_VALUE)
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty));
    UserProfile made =
        transactions.write(
            transaction ->
                profiles.find(transaction, users.create(transaction, wanted).id()).orElseThrow());
    return AnswerEnvelope.of(UserRow.of(made));
  }

  private Response show(Request request) {
    return AnswerEnvelope.of(UserRow.of(find(request)));
  }

  private Response toggle(Request request) {
    Optional<Boolean> wanted =
        request.body().length == 0
            ? Optional.empty()
            : JsonLists.flag(JsonFields.of(request.json()), "active");
    UserProfile before = find(request);
    boolean active = wanted.orElse(!before.user().active());
    UserId id = before.user().id();
    UserProfile after =
        transactions.write(
            transaction -> {
              profiles.setActive(transaction, id, active);
              return profiles.find(transaction, id).orElseThrow(() -> unknown(request));
            });
    return AnswerEnvelope.of(UserRow.of(after));
  }

  private Response endSessions(Request request) {
    UserProfile user = find(request);
    int ended = sessions.endAll(user.user().tenant(), user.user().id(), Optional.empty());
    return AnswerEnvelope.of(Map.of("ended", ended));
  }

  private Response resetFactor(Request request) {
    UserProfile user = find(request);
    factors.reset(new FactorOwner.OfUser(user.user().id()));
    return AnswerEnvelope.of(Map.of("message", "the second factor is off"));
  }

  private UserProfile find(Request request) {
    UserId id = PathId.of(request, "id", UserId::new).orElseThrow(() -> unknown(request));
    return transactions
        .read(transaction -> profiles.find(transaction, id))
        .orElseThrow(() -> unknown(request));
  }

  private static Refusal unknown(Request request) {
    return new Refusal(
        ErrorCode.USER_NOT_FOUND, "there is no user " + GivenText.shown(request.pathParam("id")));
  }

  /**
   * @param id the user's number, unique across tenants
   * @param userId as sync, billing and the relay name the user
   * @param email null: a backend made the user
   * @param monthlyFreeTokens null: as the tenant has it
   */
  private record UserRow(
      long id,
      long tenantId,
      String userId,
      @Nullable String email,
      boolean emailVerified,
      @Nullable String language,
      String inviteCode,
      @Nullable Long inviterId,
      boolean active,
      @Nullable Long monthlyFreeTokens,
      @Nullable Instant lastLoginAt,
      Instant createdAt) {
    static UserRow of(UserProfile profile) {
      var user = profile.user();
      return new UserRow(
          user.id().value(),
          user.tenant().value(),
          user.externalId(),
          user.email().orElse(null),
          profile.emailVerifiedAt().isPresent(),
          profile.language().map(MailLanguage::code).orElse(null),
          user.inviteCode(),
          profile.inviter().map(UserId::value).orElse(null),
          user.active(),
          user.monthlyFreeTokens().isPresent() ? user.monthlyFreeTokens().getAsLong() : null,
          profile.lastLoginAt().orElse(null),
          user.createdAt());
    }
  }
}
