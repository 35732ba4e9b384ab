package io.tollgate.identity.internal;

import static io.tollgate.schema.identity.Tables.TENANT_USER;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.EmailAddress;
import io.tollgate.identity.RootUsers;
import io.tollgate.identity.User;
import io.tollgate.schema.identity.tables.records.TenantUserRecord;
import java.time.Instant;
import java.time.InstantSource;
import org.jooq.exception.IntegrityConstraintViolationException;

/** Root users in PostgreSQL. */
public final class StoredRootUsers implements RootUsers {
  private final StoredUsers users;
  private final InstantSource clock;

  public StoredRootUsers(StoredUsers users, InstantSource clock) {
    this.users = users;
    this.clock = clock;
  }

  @Override
  public User setAddress(Transaction transaction, TenantId tenant, String email) {
    String address = address(email);
    TenantUserRecord row =
        transaction
            .sql()
            .selectFrom(TENANT_USER)
            .where(TENANT_USER.TENANT_ID.eq(tenant.value()))
            .and(TENANT_USER.IS_ROOT)
            .forUpdate()
            .fetchOptional()
            .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "there is no tenant " + tenant));
    UserId root = new UserId(row.getId());
    String before = row.getEmail();
    if (!address.equals(before)) {
      Instant now = InputChecks.now(clock);
      if (before != null) {
        StoredAccountDeletion.forgetAddress(transaction, tenant, before, now);
      }
      row.setEmail(address);
      row.setEmailVerifiedAt(null);
      row.setPasswordHash(null);
      try {
        int _ = row.update();
      } catch (IntegrityConstraintViolationException e) {
        throw new Refusal(
                ErrorCode.CONFLICT,
                "email: " + GivenText.shown(email) + " (expected: not yet a user's of the tenant)",
                e)
            .ofField("email");
      }
      StoredAccountDeletion.endAccess(transaction, root, now);
    }
    return users.find(transaction, root).orElseThrow();
  }

  /** In the form in which it is stored, and such that a mail can go there. */
  private static String address(String given) {
    return EmailAddress.find(given)
        .map(EmailAddress::value)
        .orElseThrow(
            () -> GivenText.refused("email", given, "an address such as owner@example.com"));
  }
}
