package io.tollgate.identity.internal;

import static io.tollgate.schema.identity.Tables.TENANT_USER;

import io.tollgate.data.Transaction;
import io.tollgate.ground.UserId;
import io.tollgate.identity.MailLanguage;
import io.tollgate.identity.UserChoices;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;

/** What users choose, with the users themselves. */
public final class StoredUserChoices implements UserChoices {
  @Override
  public Chosen of(Transaction transaction, UserId user) {
    return transaction
        .sql()
        .select(TENANT_USER.LANGUAGE, TENANT_USER.THEME, TENANT_USER.ZONE)
        .from(TENANT_USER)
        .where(TENANT_USER.ID.eq(user.value()))
        .fetchOptional(
            row ->
                new Chosen(
                    Optional.ofNullable(row.value1()).flatMap(MailLanguage::find),
                    Optional.ofNullable(row.value2()).flatMap(Theme::find),
                    Optional.ofNullable(row.value3()).flatMap(StoredUserChoices::zone)))
        .orElse(new Chosen(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Override
  public void set(Transaction transaction, UserId user, Chosen chosen) {
    int _ =
        transaction
            .sql()
            .update(TENANT_USER)
            .set(TENANT_USER.LANGUAGE, chosen.language().map(MailLanguage::code).orElse(null))
            .set(TENANT_USER.THEME, chosen.theme().map(Theme::code).orElse(null))
            .set(TENANT_USER.ZONE, chosen.zone().map(ZoneId::getId).orElse(null))
            .where(TENANT_USER.ID.eq(user.value()))
            .execute();
  }

  /** A zone that this Java does not know any more is as none. */
  private static Optional<ZoneId> zone(String id) {
    try {
      return Optional.of(ZoneId.of(id));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
