package io.tollgate.billing.internal.codes;

import static io.tollgate.schema.billing.Tables.INVITATION_CREDIT;
import static io.tollgate.schema.billing.Tables.INVITATION_TERMS;
import static java.util.Objects.requireNonNull;

import io.tollgate.billing.GrantLimits;
import io.tollgate.billing.InvitationTerms;
import io.tollgate.billing.Invitations;
import io.tollgate.billing.Services;
import io.tollgate.billing.internal.grants.GrantReason;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.User;
import io.tollgate.identity.Users;
import io.tollgate.ledger.Ledger;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Gives inviters and invited users their credit, once for each invited user. */
public final class StoredInvitations implements Invitations {
  private static final int USERS_MAX = 1_000_000;

  private final GivenOnce given;
  private final InstantSource clock;

  public StoredInvitations(
      Ledger ledger,
      Users users,
      Tenants tenants,
      Services services,
      GrantLimits limits,
      InstantSource clock) {
    this.given =
        new GivenOnce(ledger, users, tenants, services, limits, clock, GrantReason.INVITATION);
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public Optional<InvitationTerms> terms(Transaction transaction, TenantId tenant) {
    return transaction
        .sql()
        .selectFrom(INVITATION_TERMS)
        .where(INVITATION_TERMS.TENANT_ID.eq(tenant.value()))
        .fetchOptional(
            row -> {
              Asset asset = new Asset(row.getAsset(), row.getScale());
              Integer days = row.getLastsDays();
              return new InvitationTerms(
                  new Amount(asset, row.getInviter()),
                  new Amount(asset, row.getInvited()),
                  days == null ? OptionalInt.empty() : OptionalInt.of(days),
                  row.getUsersMax());
            });
  }

  @Override
  public InvitationTerms set(
      Transaction transaction,
      TenantId tenant,
      String assetCode,
      BigDecimal inviter,
      BigDecimal invited,
      OptionalInt lastsDays,
      int usersMax) {
    if (usersMax < 1 || usersMax > USERS_MAX) {
      throw GivenText.refused("users_max", Integer.toString(usersMax), "1 to " + USERS_MAX);
    }
    Asset asset = given.asset(transaction, tenant, assetCode);
    InvitationTerms terms =
        new InvitationTerms(
            given.amount("inviter", asset, inviter),
            given.amount("invited", asset, invited),
            GivenOnce.days(lastsDays),
            usersMax);
    Instant now = clock.instant();
    Integer days = lastsDays.isPresent() ? lastsDays.getAsInt() : null;
    int _ =
        transaction
            .sql()
            .insertInto(INVITATION_TERMS)
            .set(INVITATION_TERMS.TENANT_ID, tenant.value())
            .set(INVITATION_TERMS.ASSET, asset.code())
            .set(INVITATION_TERMS.SCALE, asset.scale())
            .set(INVITATION_TERMS.INVITER, terms.inviter().units())
            .set(INVITATION_TERMS.INVITED, terms.invited().units())
            .set(INVITATION_TERMS.LASTS_DAYS, days)
            .set(INVITATION_TERMS.USERS_MAX, usersMax)
            .set(INVITATION_TERMS.UPDATED_AT, now)
            .onConflict(INVITATION_TERMS.TENANT_ID)
            .doUpdate()
            .set(INVITATION_TERMS.ASSET, asset.code())
            .set(INVITATION_TERMS.SCALE, asset.scale())
            .set(INVITATION_TERMS.INVITER, terms.inviter().units())
            .set(INVITATION_TERMS.INVITED, terms.invited().units())
            .set(INVITATION_TERMS.LASTS_DAYS, days)
            .set(INVITATION_TERMS.USERS_MAX, usersMax)
            .set(INVITATION_TERMS.UPDATED_AT, now)
            .execute();
    return terms;
  }

  @Override
  public boolean verified(
      Transaction transaction, TenantId tenant, UserId invitedId, UserId inviterId) {
    Optional<InvitationTerms> terms = terms(transaction, tenant);
    if (terms.isEmpty() || invitedId.equals(inviterId)) {
      return false;
    }
    User invited = given.user(transaction, invitedId);
    User inviter = given.user(transaction, inviterId);
    if (!invited.tenant().equals(tenant) || !inviter.tenant().equals(tenant)) {
      return false;
    }
    // two calls for one user, or for two of one inviter at once, go one after the other
    transaction
        .sql()
        .execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))",
            "billing.invitation:" + tenant + ":" + inviter.id());
    if (isCredited(transaction, tenant, invitedId)) {
      return false;
    }
    boolean within = credited(transaction, tenant, inviter.id()) < terms.get().usersMax();
    Optional<UUID> toInviter =
        within
            ? give(transaction, inviter, terms.get().inviter(), terms.get(), "inviter:" + invitedId)
            : Optional.empty();
    Optional<UUID> toInvited =
        give(transaction, invited, terms.get().invited(), terms.get(), "invited:" + invitedId);
    int _ =
        transaction
            .sql()
            .insertInto(INVITATION_CREDIT)
            .set(INVITATION_CREDIT.TENANT_ID, tenant.value())
            .set(INVITATION_CREDIT.INVITED_ID, invitedId.value())
            .set(INVITATION_CREDIT.INVITER_ID, inviter.id().value())
            .set(INVITATION_CREDIT.INVITER_TRANSFER, toInviter.orElse(null))
            .set(INVITATION_CREDIT.INVITED_TRANSFER, toInvited.orElse(null))
            .set(INVITATION_CREDIT.GIVEN_AT, clock.instant())
            .execute();
    return toInviter.isPresent() || toInvited.isPresent();
  }

  private Optional<UUID> give(
      Transaction transaction, User user, Amount amount, InvitationTerms terms, String key) {
    return amount.isZero()
        ? Optional.empty()
        : Optional.of(given.give(transaction, user, amount, terms.lastsDays(), key).transfer());
  }

  private static boolean isCredited(Transaction transaction, TenantId tenant, UserId invited) {
    return transaction
        .sql()
        .fetchExists(
            INVITATION_CREDIT,
            INVITATION_CREDIT
                .TENANT_ID
                .eq(tenant.value())
                .and(INVITATION_CREDIT.INVITED_ID.eq(invited.value())));
  }

  private static int credited(Transaction transaction, TenantId tenant, UserId inviter) {
    return transaction
        .sql()
        .fetchCount(
            INVITATION_CREDIT,
            INVITATION_CREDIT
                .TENANT_ID
                .eq(tenant.value())
                .and(INVITATION_CREDIT.INVITER_ID.eq(inviter.value()))
                .and(INVITATION_CREDIT.INVITER_TRANSFER.isNotNull()));
  }
}
