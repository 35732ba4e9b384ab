package io.tollgate.identity.internal.signon;

import static io.tollgate.schema.identity.Tables.TENANT;
import static io.tollgate.schema.identity.Tables.TENANT_USER;
import static io.tollgate.schema.identity.Tables.USER_SIGN_ON;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.EmailAddress;
import io.tollgate.identity.PassportConfig;
import io.tollgate.identity.Principal;
import io.tollgate.identity.SignOnProvider;
import io.tollgate.identity.internal.InputChecks;
import io.tollgate.identity.internal.passport.RegisteredUsers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

/**
 * Finds the user whom a provider names: the one who signed on as that before, else the one with the
 * address where the provider is trusted with addresses, else a new one.
 */
final class SignedOnUsers {
  private final RegisteredUsers users;
  private final PassportConfig config;
  private final InstantSource clock;

  SignedOnUsers(RegisteredUsers users, PassportConfig config, InstantSource clock) {
    this.users = users;
    this.config = config;
    this.clock = clock;
  }

  /**
   * @param tenant with whom the user is; empty: whoever's user they are, and a new one the first's
   * @param first the first tenant
   */
  Principal.OfUser find(
      Transaction transaction,
      SignOnProvider provider,
      Identity identity,
      Optional<TenantId> tenant,
      Function<Transaction, TenantId> first) {
    // of two sign-ons of one person at once, the second finds what the first has made
    lock(transaction, identity.issuer() + " " + identity.subject());
    Optional<Principal.OfUser> known = known(transaction, identity, tenant);
    if (known.isPresent()) {
      return known.get();
    }
    Optional<Principal.OfUser> addressed =
        identity.email().flatMap(email -> addressed(transaction, email, tenant, provider));
    Principal.OfUser user =
        addressed.orElseGet(
            () ->
                make(
                    transaction,
                    provider,
                    identity,
                    tenant.orElseGet(() -> first.apply(transaction))));
    insert(transaction, identity, user);
    return user;
  }

  private void insert(Transaction transaction, Identity identity, Principal.OfUser user) {
    int _ =
        transaction
            .sql()
            .insertInto(USER_SIGN_ON)
            .set(USER_SIGN_ON.TENANT_ID, user.tenant().value())
            .set(USER_SIGN_ON.ISSUER, identity.issuer())
            .set(USER_SIGN_ON.SUBJECT, identity.subject())
            .set(USER_SIGN_ON.USER_ID, user.user().value())
            .set(USER_SIGN_ON.CREATED_AT, InputChecks.now(clock))
            .execute();
  }

  /**
   * Links what a provider names to a user. The same again is nothing.
   *
   * @throws Refusal {@code CONFLICT} when it is another user's, or the user has one of that
   *     provider
   */
  void link(Transaction transaction, Identity identity, Principal.OfUser user) {
    lock(transaction, identity.issuer() + " " + identity.subject());
    lock(transaction, identity.issuer() + " user " + user.user());
    Optional<Long> owner =
        transaction
            .sql()
            .select(USER_SIGN_ON.USER_ID)
            .from(USER_SIGN_ON)
            .where(USER_SIGN_ON.TENANT_ID.eq(user.tenant().value()))
            .and(USER_SIGN_ON.ISSUER.eq(identity.issuer()))
            .and(USER_SIGN_ON.SUBJECT.eq(identity.subject()))
            .fetchOptional(USER_SIGN_ON.USER_ID);
    if (owner.isPresent()) {
      if (owner.get() != user.user().value()) {
        throw new Refusal(
            ErrorCode.CONFLICT, "this sign-on is another account's (expected: one of nobody's)");
      }
      return;
    }
    if (linked(transaction, user).containsKey(identity.issuer())) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "the account has another sign-on of this provider (expected: none; unlink it first)");
    }
    insert(transaction, identity, user);
  }

  /** Since when a user has sign-ons, by issuer. */
  Map<String, Instant> linked(Transaction transaction, Principal.OfUser user) {
    return transaction
        .sql()
        .select(USER_SIGN_ON.ISSUER, DSL.min(USER_SIGN_ON.CREATED_AT))
        .from(USER_SIGN_ON)
        .where(USER_SIGN_ON.USER_ID.eq(user.user().value()))
        .groupBy(USER_SIGN_ON.ISSUER)
        .fetchMap(row -> row.value1(), row -> row.value2());
  }

  /**
   * Takes a user's sign-ons of a provider away.
   *
   * @throws Refusal {@code CONFLICT} when the user could not come in any more
   */
  void unlink(Transaction transaction, String issuer, Principal.OfUser user) {
    // who unlinks two at once is left with one
    boolean password =
        transaction
            .sql()
            .select(TENANT_USER.PASSWORD_HASH.isNotNull())
            .from(TENANT_USER)
            .where(TENANT_USER.ID.eq(user.user().value()))
            .forUpdate()
            .fetchSingle(row -> row.value1());
    Map<String, Instant> linked = linked(transaction, user);
    if (!linked.containsKey(issuer)) {
      return;
    }
    if (!password && linked.size() == 1) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "it is the only way into the account (expected: a password, or another sign-on)");
    }
    int _ =
        transaction
            .sql()
            .deleteFrom(USER_SIGN_ON)
            .where(USER_SIGN_ON.USER_ID.eq(user.user().value()))
            .and(USER_SIGN_ON.ISSUER.eq(issuer))
            .execute();
  }

  private static void lock(Transaction transaction, String what) {
    var _ =
        transaction
            .sql()
            .fetch("select pg_advisory_xact_lock(hashtextextended({0}, 1936290158))", what);
  }

  private static Optional<Principal.OfUser> known(
      Transaction transaction, Identity identity, Optional<TenantId> tenant) {
    Optional<Found> found =
        transaction
            .sql()
            .select(
                TENANT_USER.TENANT_ID,
                TENANT_USER.ID,
                TENANT_USER.EXTERNAL_ID,
                TENANT_USER.EMAIL_VERIFIED_AT,
                TENANT_USER.ACTIVE,
                TENANT.ACTIVE)
            .from(USER_SIGN_ON)
            .join(TENANT_USER)
            .on(TENANT_USER.ID.eq(USER_SIGN_ON.USER_ID))
            .join(TENANT)
            .on(TENANT.ID.eq(USER_SIGN_ON.TENANT_ID))
            .where(USER_SIGN_ON.ISSUER.eq(identity.issuer()))
            .and(USER_SIGN_ON.SUBJECT.eq(identity.subject()))
            .and(tenant.map(of -> USER_SIGN_ON.TENANT_ID.eq(of.value())).orElse(DSL.noCondition()))
            .orderBy(USER_SIGN_ON.TENANT_ID)
            .limit(1)
            .fetchOptional(SignedOnUsers::found);
    return found.map(SignedOnUsers::requireActive);
  }

  private Optional<Principal.OfUser> addressed(
      Transaction transaction,
      EmailAddress email,
      Optional<TenantId> tenant,
      SignOnProvider provider) {
    Condition named = TENANT_USER.EMAIL.eq(email.value());
    if (tenant.isPresent()) {
      named = named.and(TENANT_USER.TENANT_ID.eq(tenant.get().value()));
    }
    Optional<Found> found =
        transaction
            .sql()
            .select(
                TENANT_USER.TENANT_ID,
                TENANT_USER.ID,
                TENANT_USER.EXTERNAL_ID,
                TENANT_USER.EMAIL_VERIFIED_AT,
                TENANT_USER.ACTIVE,
                TENANT.ACTIVE)
            .from(TENANT_USER)
            .join(TENANT)
            .on(TENANT.ID.eq(TENANT_USER.TENANT_ID))
            .where(named)
            .orderBy(TENANT_USER.TENANT_ID)
            .limit(1)
            .fetchOptional(SignedOnUsers::found);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    // an address that nobody has verified here may have been taken by somebody else beforehand
    if (!provider.linksEmail() || !found.get().verified()) {
      throw new Refusal(
              ErrorCode.CONFLICT, "there is an account of this address that is not linked")
          .withDetails("Log in with its password.");
    }
    return found.map(SignedOnUsers::requireActive);
  }

  private Principal.OfUser make(
      Transaction transaction, SignOnProvider provider, Identity identity, TenantId tenant) {
    if (!provider.registers() || config.registration() != PassportConfig.WhoRegisters.OPEN) {
      throw new Refusal(
          ErrorCode.FORBIDDEN, "there is no account for this sign-on, and none is made");
    }
    return users
        .make(
            transaction,
            tenant,
            identity.email().map(EmailAddress::value),
            null,
            OptionalLong.empty(),
            "en",
            identity.email().isPresent())
        .orElseThrow(() -> new Refusal(ErrorCode.CONFLICT, "there is an account of this address"));
  }

  private static Principal.OfUser requireActive(Found found) {
    if (!found.active()) {
      throw new Refusal(ErrorCode.FORBIDDEN, "the account is off");
    }
    return found.user();
  }

  private static Found found(Record row) {
    return new Found(
        new Principal.OfUser(
            new TenantId(row.get(TENANT_USER.TENANT_ID)),
            new UserId(row.get(TENANT_USER.ID)),
            row.get(TENANT_USER.EXTERNAL_ID)),
        row.get(TENANT_USER.EMAIL_VERIFIED_AT) != null,
        row.get(TENANT_USER.ACTIVE) && row.get(TENANT.ACTIVE));
  }

  private record Found(Principal.OfUser user, boolean verified, boolean active) {}
}
