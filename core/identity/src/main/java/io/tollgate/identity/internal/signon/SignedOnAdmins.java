package io.tollgate.identity.internal.signon;

import static io.tollgate.schema.identity.Tables.ADMIN;
import static io.tollgate.schema.identity.Tables.ADMIN_SIGN_ON;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.SignOnProvider;
import io.tollgate.identity.internal.InputChecks;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Finds the administrator whom a provider names, who must be there already: the one who signed on
 * as that before, else the one with the address where the provider is trusted with addresses.
 */
final class SignedOnAdmins {
  private final InstantSource clock;

  SignedOnAdmins(InstantSource clock) {
    this.clock = clock;
  }

  AdminId find(Transaction transaction, SignOnProvider provider, Identity identity) {
    Optional<AdminId> known =
        transaction
            .sql()
            .select(ADMIN.ID)
            .from(ADMIN_SIGN_ON)
            .join(ADMIN)
            .on(ADMIN.ID.eq(ADMIN_SIGN_ON.ADMIN_ID))
            .where(ADMIN_SIGN_ON.ISSUER.eq(identity.issuer()))
            .and(ADMIN_SIGN_ON.SUBJECT.eq(identity.subject()))
            .and(ADMIN.ACTIVE)
            .fetchOptional(row -> new AdminId(row.value1()));
    return known
        .or(() -> linked(transaction, provider, identity))
        .orElseThrow(
            () ->
                new Refusal(ErrorCode.FORBIDDEN, "there is no administrator for this sign-on")
                    .withDetails("An owner gives an administrator the address."));
  }

  private Optional<AdminId> linked(
      Transaction transaction, SignOnProvider provider, Identity identity) {
    if (!provider.linksEmail() || identity.email().isEmpty()) {
      return Optional.empty();
    }
    Optional<AdminId> found =
        transaction
            .sql()
            .select(ADMIN.ID)
            .from(ADMIN)
            .where(ADMIN.EMAIL.eq(identity.email().get().value()))
            .and(ADMIN.ACTIVE)
            .fetchOptional(row -> new AdminId(row.value1()));
    found.ifPresent(
        admin -> {
          int _ =
              transaction
                  .sql()
                  .insertInto(ADMIN_SIGN_ON)
                  .set(ADMIN_SIGN_ON.ISSUER, identity.issuer())
                  .set(ADMIN_SIGN_ON.SUBJECT, identity.subject())
                  .set(ADMIN_SIGN_ON.ADMIN_ID, admin.value())
                  .set(ADMIN_SIGN_ON.CREATED_AT, InputChecks.now(clock))
                  .onConflictDoNothing()
                  .execute();
        });
    return found;
  }
}
