package io.tollgate.edge.portal;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.FactorOwner;
import io.tollgate.identity.MailLanguage;
import io.tollgate.identity.SecondFactors;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.UserChoices;
import io.tollgate.identity.UserChoices.Chosen;
import io.tollgate.identity.UserChoices.Theme;
import io.tollgate.identity.UserProfiles;
import io.tollgate.identity.UserProfiles.UserProfile;
import io.tollgate.identity.UserSessions.InSession;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/me}: who a user is, and what they choose for how things are shown to them. */
final class MeRoutes implements Routes {
  private static final String PATH = "/api/v1/me";
  private static final List<String> FEATURES = List.of("relay", "billing", "merchant");

  /** Of who is the tenant itself, the merchant's page besides. */
  private static final List<String> FEATURES_OF_ROOT =
      List.of("relay", "billing", "merchant", "merchant_root");

  private final Transactions transactions;
  private final UserProfiles profiles;
  private final UserChoices choices;
  private final Tenants tenants;
  private final SecondFactors factors;
  private final PortalGate gate;

  MeRoutes(
      Transactions transactions,
      UserProfiles profiles,
      UserChoices choices,
      Tenants tenants,
      SecondFactors factors,
      PortalGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.profiles = requireNonNull(profiles, "profiles is null");
    this.choices = requireNonNull(choices, "choices is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.factors = requireNonNull(factors, "factors is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    table.fallback(PATH, errors);
    table.blocking(HttpMethod.GET, PATH, errors, request -> shown(gate.require(request)));
    table.blocking(HttpMethod.PUT, PATH, errors, this::change);
  }

  private Response shown(InSession caller) {
    boolean totp = factors.standing(new FactorOwner.OfUser(caller.user().user())).on();
    return transactions.read(
        transaction -> {
          UserProfile profile =
              profiles
                  .find(transaction, caller.user().user())
                  .orElseThrow(() -> new Refusal(ErrorCode.USER_NOT_FOUND, "the user is gone"));
          Chosen chosen = choices.of(transaction, caller.user().user());
          Tenant tenant = tenants.find(transaction, caller.user().tenant()).orElseThrow();
          return PortalAnswer.of(
              new Me(
                  profile.user().externalId(),
                  profile.user().email().orElse(null),
                  profile.emailVerifiedAt().isPresent(),
                  chosen.language().map(MailLanguage::code).orElse(null),
                  chosen.theme().map(Theme::code).orElse(null),
                  chosen.zone().map(ZoneId::getId).orElse(null),
                  profile.user().inviteCode(),
                  totp,
                  new MyTenant(
                      tenant.id().value(),
                      tenant.name(),
                      tenant.currency().code(),
                      tenant.zone().getId()),
                  profile.user().root() ? FEATURES_OF_ROOT : FEATURES,
                  profile.user().createdAt()));
        });
  }

  /** What is left out stays as it is; what is null goes back to nothing chosen. */
  private Response change(Request request) {
    InSession caller = gate.require(request);
    JsonNode body = request.json();
    JsonFields fields = JsonFields.of(body);
    Optional<MailLanguage> language = given(fields, "language", "en or zh", MeRoutes::language);
    Optional<Theme> theme = given(fields, "theme", "system, light or dark", MeRoutes::theme);
    Optional<ZoneId> zone =
        given(fields, "zone", "a time zone, e.g. Asia/Shanghai", MeRoutes::zone);
    var _ =
        transactions.write(
            transaction -> {
              Chosen before = choices.of(transaction, caller.user().user());
              Chosen after =
                  new Chosen(
                      body.has("language") ? language : before.language(),
                      body.has("theme") ? theme : before.theme(),
                      body.has("zone") ? zone : before.zone());
              choices.set(transaction, caller.user().user(), after);
              return after;
            });
    return shown(caller);
  }

  private static <T> Optional<T> given(
      JsonFields fields, String name, String expected, BiFunction<String, String, T> read) {
    return fields.text(name, expected).map(text -> read.apply(text, expected));
  }

  private static MailLanguage language(String code, String expected) {
    return MailLanguage.find(code).orElseThrow(() -> GivenText.refused("language", code, expected));
  }

  private static Theme theme(String code, String expected) {
    return Theme.find(code).orElseThrow(() -> GivenText.refused("theme", code, expected));
  }

  private static ZoneId zone(String id, String expected) {
    try {
      if (ZoneId.getAvailableZoneIds().contains(id)) {
        return ZoneId.of(id);
      }
    } catch (DateTimeException e) {
      throw new IllegalStateException("a zone that is listed is none", e);
    }
    throw GivenText.refused("zone", id, expected);
  }

  /**
   * @param userId as sync, billing and the relay name the user
   * @param email null: a backend made the user
   * @param language null: not chosen, as with theme and zone
   * @param features what of the product is there
   */
  private record Me(
      String userId,
      @Nullable String email,
      boolean emailVerified,
      @Nullable String language,
      @Nullable String theme,
      @Nullable String zone,
      String inviteCode,
      boolean totp,
      MyTenant tenant,
      List<String> features,
      Instant createdAt) {}

  private record MyTenant(long id, String name, String currency, String zone) {}
}
