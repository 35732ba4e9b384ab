package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.AdminRegister;
import io.tollgate.identity.AdminRegister.Admin;
import io.tollgate.identity.AdminRegister.AdminFilter;
import io.tollgate.identity.AdminRole;
import io.tollgate.identity.Admins;
import io.tollgate.identity.FactorOwner;
import io.tollgate.identity.RandomPasswords;
import io.tollgate.identity.SecondFactors;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /api/admins}: who the administrators are; for owners. */
final class AdminAccountRoutes implements Routes {
  private static final String PATH = "/api/admins";
  private static final List<AdminRole> ROLES = List.of(AdminRole.values());

  private final Transactions transactions;
  private final Admins admins;
  private final AdminRegister register;
  private final SecondFactors factors;
  private final RandomPasswords passwords;
  private final AdminGate gate;
  private final AdminList<AdminFilter, Admin> list;

  AdminAccountRoutes(
      Transactions transactions,
      Admins admins,
      AdminRegister register,
      SecondFactors factors,
      RandomPasswords passwords,
      AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.admins = requireNonNull(admins, "admins is null");
    this.register = requireNonNull(register, "register is null");
    this.factors = requireNonNull(factors, "factors is null");
    this.passwords = requireNonNull(passwords, "passwords is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.list =
        AdminList.counted(
            PATH,
            filters ->
                new AdminFilter(
                    filters.choice("role", ROLES, AdminGate::named), filters.either("active")),
            register::list,
            AdminRow.class,
            AdminRow::of);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    String one = PATH + "/{id}";
    list.declare(table, gate, AdminPermission.ADMINS, transactions);
    table.blocking(HttpMethod.POST, PATH, errors, gate.guard(AdminPermission.ADMINS, this::create));
    table.blocking(HttpMethod.PUT, one, errors, gate.guard(AdminPermission.ADMINS, this::change));
    table.blocking(
        HttpMethod.PATCH,
        one + "/toggle",
        errors,
        gate.guard(AdminPermission.ADMINS, this::toggle));
    table.blocking(
        HttpMethod.POST,
        one + "/reset-password",
        errors,
        gate.guard(AdminPermission.ADMINS, this::resetPassword));
    table.blocking(
        HttpMethod.POST,
        one + "/reset-totp",
        errors,
        gate.guard(AdminPermission.ADMINS, this::resetFactor));
    table.blocking(
        HttpMethod.POST,
        one + "/end-sessions",
        errors,
        gate.guard(AdminPermission.ADMINS, this::endSessions));
  }

  private Response create(Request request) {
    JsonFields body = JsonFields.of(request.json());
    String username = body.requireText("username", "1 to 64 of A-Z a-z 0-9 . _ @ -");
    String nickname = body.text("nickname", "1 to 64 characters").orElse(username);
    AdminRole role = role(body).orElseThrow(() -> JsonFields.missing("role", roles()));
    Optional<String> email = body.text("email", "an address");
    Optional<String> given = password(body);
    String password = given.orElseGet(passwords::next);
    Admin made =
        transactions.write(
            transaction -> {
              AdminId id = admins.create(transaction, username, nickname, password, role);
              return register.change(transaction, id, nickname, role, email);
            });
    return secret(new Shown(given.isPresent() ? null : password, AdminRow.of(made)));
  }

  private Response change(Request request) {
    JsonNode node = request.json();
    JsonFields body = JsonFields.of(node);
    Optional<String> nickname = body.text("nickname", "1 to 64 characters");
    Optional<AdminRole> role = role(body);
    Optional<String> email = body.text("email", "an address");
    AdminId id = id(request);
    Admin changed =
        transactions.write(
            transaction -> {
              Admin before = register.find(transaction, id).orElseThrow(() -> unknown(request));
              return register.change(
                  transaction,
                  id,
                  nickname.orElse(before.nickname()),
                  role.orElse(before.role()),
                  node.has("email") ? email : before.email());
            });
    return AnswerEnvelope.of(AdminRow.of(changed));
  }

  private Response toggle(Request request) {
    Optional<Boolean> wanted =
        request.body().length == 0
            ? Optional.empty()
            : JsonLists.flag(JsonFields.of(request.json()), "active");
    AdminId id = id(request);
    Admin changed =
        transactions.write(
            transaction -> {
              Admin before = register.find(transaction, id).orElseThrow(() -> unknown(request));
              return register.setActive(transaction, id, wanted.orElse(!before.active()));
            });
    return AnswerEnvelope.of(AdminRow.of(changed));
  }

  private Response resetPassword(Request request) {
    Optional<String> given =
        request.body().length == 0 ? Optional.empty() : password(JsonFields.of(request.json()));
    AdminId id = id(request);
    String password = given.orElseGet(passwords::next);
    Admin changed =
        transactions.write(
            transaction -> {
              register.setPassword(transaction, id, password);
              return register.find(transaction, id).orElseThrow(() -> unknown(request));
            });
    return secret(new Shown(given.isPresent() ? null : password, AdminRow.of(changed)));
  }

  private Response resetFactor(Request request) {
    AdminId id = id(request);
    var unused = requireThere(request, id);
    factors.reset(new FactorOwner.OfAdmin(id));
    return AnswerEnvelope.of(AdminRow.of(requireThere(request, id)));
  }

  private Response endSessions(Request request) {
    AdminId id = id(request);
    var unused = requireThere(request, id);
    int ended = transactions.write(transaction -> register.endSessions(transaction, id));
    return AnswerEnvelope.of(Map.of("ended", ended));
  }

  private Admin requireThere(Request request, AdminId id) {
    return transactions
        .read(transaction -> register.find(transaction, id))
        .orElseThrow(() -> unknown(request));
  }

  private static Optional<String> password(JsonFields body) {
    return body.find("password").isPresent()
        ? Optional.of(body.requireSecret("password"))
        : Optional.empty();
  }

  private static Optional<AdminRole> role(JsonFields body) {
    return body.text("role", roles())
        .map(
            given ->
                ROLES.stream()
                    .filter(role -> AdminGate.named(role).equals(given))
                    .findFirst()
                    .orElseThrow(() -> GivenText.refused("role", given, roles())));
  }

  private static String roles() {
    return "one of " + String.join(", ", ROLES.stream().map(AdminGate::named).toList());
  }

  private static AdminId id(Request request) {
    return PathId.of(request, "id", AdminId::new).orElseThrow(() -> unknown(request));
  }

  private static Refusal unknown(Request request) {
    return new Refusal(
        ErrorCode.NOT_FOUND, "there is no admin " + GivenText.shown(request.pathParam("id")));
  }

  private static Response secret(Object shown) {
    return AnswerEnvelope.of(shown).withHeader("Cache-Control", "no-store");
  }

  /**
   * An administrator with a password that was made for them, which is shown this once.
   *
   * @param password null: it was given
   */
  private record Shown(@Nullable String password, AdminRow admin) {
    /** Without the password. */
    @Override
    public String toString() {
      return "Shown[admin=" + admin.id() + "]";
    }
  }

  /**
   * @param email by which a provider that vouches for it finds them; null: none
   * @param lastSignInAt of the sessions that are still known
   */
  private record AdminRow(
      long id,
      String username,
      String nickname,
      String role,
      @Nullable String email,
      boolean active,
      boolean totp,
      int sessions,
      @Nullable Instant lastSignInAt,
      Instant createdAt) {
    static AdminRow of(Admin admin) {
      return new AdminRow(
          admin.id().value(),
          admin.username(),
          admin.nickname(),
          AdminGate.named(admin.role()),
          admin.email().orElse(null),
          admin.active(),
          admin.totp(),
          admin.sessions(),
          admin.lastSignIn().orElse(null),
          admin.createdAt());
    }
  }
}
