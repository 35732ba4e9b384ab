package io.tollgate.identity;

import static io.tollgate.identity.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.TenantId;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class BearerTokensTest {
  private final IdentityFixture fixture = new IdentityFixture();
  private final BearerTokens bearers = fixture.identity.bearers();
  private final ServiceTokens tokens = fixture.identity.serviceTokens();
  private final Tenant acme = fixture.tenant("Acme");

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void each_kind_of_token_stands_for_its_own() {
    User user = fixture.user(acme);
    String key =
        fixture.identity.apiKeys().issue(acme.id(), user.id(), "k", OptionalInt.empty()).secret();
    String service = tokens.issue(acme.id(), "backend");
    Admins admins = fixture.identity.admins();
    var admin =
        fixture.write(tx -> admins.create(tx, "ann", "Ann", "correct horse", AdminRole.FINANCE));
    String session = admins.login("ann", "correct horse", "192.0.2.1").token();

    assertThat(bearers.identify(key))
        .contains(new Principal.OfUser(acme.id(), user.id(), user.externalId()));
    assertThat(service).matches("svc-[0-9A-Za-z]{43}");
    assertThat(bearers.identify(service)).contains(new Principal.OfService(acme.id()));
    assertThat(bearers.identify(session))
        .contains(new Principal.OfAdmin(admin, "ann", "Ann", AdminRole.FINANCE));
  }

  @Test
  void what_is_no_token_is_nobodys() {
    String service = tokens.issue(acme.id(), "backend");
    assertThat(bearers.identify("")).isEmpty();
    assertThat(bearers.identify("sk-" + service.substring(4))).isEmpty();
    assertThat(bearers.identify("svc-")).isEmpty();
    assertThat(bearers.identify(service + "x")).isEmpty();
    assertThat(bearers.identify("Bearer " + service)).isEmpty();
    assertThat(bearers.identify("\0")).isEmpty();
  }

  @Test
  void a_disabled_service_token_or_tenant_is_refused() {
    String first = tokens.issue(acme.id(), "first");
    String second = tokens.issue(acme.id(), "second");
    assertThat(tokens.find(first)).contains(acme.id());

    fixture.sql("update identity.service_token set active = false where name = 'first'");
    fixture.advance(Duration.ofSeconds(10));
    assertThat(tokens.find(first)).isEmpty();
    assertThat(tokens.find(second)).contains(acme.id());
    fixture.sql("update identity.tenant set active = false");
    fixture.advance(Duration.ofSeconds(10));
    assertThat(tokens.find(second)).isEmpty();
  }

  @Test
  void a_token_needs_a_tenant_and_a_name() {
    refused(ErrorCode.NOT_FOUND, () -> tokens.issue(new TenantId(99), "backend"));
    refused(ErrorCode.INVALID_REQUEST, () -> tokens.issue(acme.id(), ""));
  }
}
