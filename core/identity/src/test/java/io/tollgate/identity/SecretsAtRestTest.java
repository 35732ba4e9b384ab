package io.tollgate.identity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class SecretsAtRestTest {
  /** Every column of every table of identity, read as it is stored. */
  @Test
  void no_secret_is_in_any_table_in_clear() {
    try (IdentityFixture fixture = new IdentityFixture()) {
      IdentityModule identity = fixture.identity;
      var tenant = fixture.write(tx -> identity.tenants().create(tx, "Acme", "USD", 0));
      User user =
          fixture.write(
              tx ->
                  identity
                      .users()
                      .create(
                          tx,
                          new NewUser(
                              tenant.tenant().id(),
                              Optional.of("jane"),
                              Optional.of("jane@example.com"),
                              Optional.of("users-password"),
                              OptionalLong.empty())));
      String key =
          identity
              .apiKeys()
              .issue(tenant.tenant().id(), user.id(), "k", OptionalInt.empty())
              .secret();
      String service = identity.serviceTokens().issue(tenant.tenant().id(), "backend");
      var _ =
          fixture.write(
              tx -> identity.admins().create(tx, "ann", "Ann", "admins-password", AdminRole.OWNER));
      String session = identity.admins().login("ann", "admins-password", "192.0.2.1").token();
      Refusals.refused(
          ErrorCode.INVALID_CREDENTIALS,
          () -> identity.admins().login("password-in-the-name-field", "x", "192.0.2.1"));

      String stored = everything(fixture);

      assertThat(stored).contains("jane@example.com", "$argon2id$", key.substring(0, 8));
      for (String secret :
          List.of(
              tenant.appSecret(),
              "users-password",
              "admins-password",
              "password-in-the-name-field",
              key.substring(8),
              service.substring(9),
              session.substring(session.lastIndexOf('.') + 1))) {
        assertThat(stored).doesNotContain(secret);
      }
    }
  }

  private static String everything(IdentityFixture fixture) {
    return fixture.write(
        tx -> {
          StringBuilder text = new StringBuilder();
          var tables =
              tx.sql()
                  .fetch(
                      "select table_name from information_schema.tables"
                          + " where table_schema = 'identity' and table_type = 'BASE TABLE'"
                          + " and table_name not like 'flyway%'")
                  .getValues(0, String.class);
          assertThat(tables).hasSizeGreaterThanOrEqualTo(8);
          for (String table : tables) {
            for (Map<String, Object> row :
                tx.sql().fetch("select * from identity." + table).intoMaps()) {
              row.values()
                  .forEach(
                      value ->
                          text.append(
                                  value instanceof byte[] bytes
                                      ? new String(bytes, ISO_8859_1)
                                      : String.valueOf(value))
                              .append('\n'));
            }
          }
          return text.toString();
        });
  }
}
