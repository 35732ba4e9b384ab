package io.tollgate.identity.internal.passport;

import static io.tollgate.schema.identity.Tables.TENANT;
import static io.tollgate.schema.identity.Tables.TENANT_USER;

import io.tollgate.data.Transaction;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.EmailAddress;
import io.tollgate.identity.NamedAccount;
import io.tollgate.identity.Registration;
import io.tollgate.schema.identity.tables.records.TenantUserRecord;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.Condition;

/** Says with which tenant somebody registers or has an account. */
final class Realm {
  private static final int LONGEST_CODE = 16;

  private final Map<String, TenantId> hosts;

  Realm(Map<String, TenantId> hosts) {
    this.hosts = hosts;
  }

  /**
   * Where a registration belongs: to the tenant of the invite code, else to that of the host name,
   * else to the first.
   *
   * @throws Refusal {@code INVALID_REQUEST} when the invite code is nobody's
   */
  Place of(Transaction transaction, Registration registration) {
    Optional<String> code = registration.inviteCode();
    if (code.isPresent()) {
      return invited(transaction, code.get().strip().toUpperCase(Locale.ROOT))
          .orElseThrow(
              () -> GivenText.refused("invite_code", code.get(), "that of a user, or none"));
    }
    return new Place(
        atHost(registration.host()).orElseGet(() -> FirstTenant.of(transaction)),
        OptionalLong.empty());
  }

  /** The tenant of a host name, where it is one's. */
  Optional<TenantId> atHost(String host) {
    return Optional.ofNullable(hosts.get(host.toLowerCase(Locale.ROOT)));
  }

  /** The account that is named, if there is one that is on; read alike where there is none. */
  Optional<TenantUserRecord> find(Transaction transaction, NamedAccount account) {
    Condition named = TENANT_USER.EMAIL.eq(comparable(account.email()));
    Optional<TenantId> tenant = account.tenant().or(() -> atHost(account.host()));
    if (tenant.isPresent()) {
      named = named.and(TENANT_USER.TENANT_ID.eq(tenant.get().value()));
    }
    return transaction
        .sql()
        .select(TENANT_USER.fields())
        .from(TENANT_USER)
        .join(TENANT)
        .on(TENANT.ID.eq(TENANT_USER.TENANT_ID))
        .where(named)
        .and(TENANT_USER.ACTIVE)
        .and(TENANT.ACTIVE)
        .orderBy(TENANT_USER.TENANT_ID)
        .limit(1)
        .fetchOptionalInto(TenantUserRecord.class);
  }

  /** The tenant that a mail about the account comes from. */
  TenantId of(Transaction transaction, NamedAccount account) {
    return find(transaction, account)
        .map(user -> new TenantId(user.getTenantId()))
        .or(account::tenant)
        .or(() -> atHost(account.host()))
        .orElseGet(() -> FirstTenant.of(transaction));
  }

  /** How an account is called where failures are counted. */
  String counted(NamedAccount account) {
    String tenant =
        account.tenant().or(() -> atHost(account.host())).map(TenantId::toString).orElse("any");
    return "user of " + tenant + " " + comparable(account.email());
  }

  static String comparable(String email) {
    return EmailAddress.find(email)
        .map(EmailAddress::value)
        .orElseGet(() -> email.strip().toLowerCase(Locale.ROOT));
  }

  private static Optional<Place> invited(Transaction transaction, String code) {
    if (code.length() > LONGEST_CODE) {
      return Optional.empty();
    }
    return transaction
        .sql()
        .select(TENANT_USER.TENANT_ID, TENANT_USER.ID)
        .from(TENANT_USER)
        .join(TENANT)
        .on(TENANT.ID.eq(TENANT_USER.TENANT_ID))
        .where(TENANT_USER.INVITE_CODE.eq(code))
        .and(TENANT_USER.ACTIVE)
        .and(TENANT.ACTIVE)
        .fetchOptional(row -> new Place(new TenantId(row.value1()), OptionalLong.of(row.value2())));
  }

  /** With whom somebody registers, and who invited them. */
  record Place(TenantId tenant, OptionalLong inviter) {}
}
