package io.tollgate.identity.internal;

import static io.tollgate.schema.identity.Tables.ADMIN;
import static io.tollgate.schema.identity.Tables.ADMIN_SESSION;
import static io.tollgate.schema.identity.Tables.API_KEY;
import static io.tollgate.schema.identity.Tables.SERVICE_TOKEN;
import static io.tollgate.schema.identity.Tables.TENANT;
import static io.tollgate.schema.identity.Tables.TENANT_USER;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.KnownCredentials;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for well-known credentials in PostgreSQL, and ends them there. */
public final class StoredKnownCredentials implements KnownCredentials {
  /** Administrators whose passwords are tried, the oldest first: a demo's is the first of all. */
  private static final int MAX_ADMINS = 20;

  private static final String FIRST_ADMIN = "admin";

  private final Transactions transactions;
  private final ArgonPasswords passwords;
  private final StoredTenants tenants;
  private final RandomText text;
  private final InstantSource clock;

  public StoredKnownCredentials(
      Transactions transactions,
      ArgonPasswords passwords,
      StoredTenants tenants,
      RandomText text,
      InstantSource clock) {
    this.transactions = transactions;
    this.passwords = passwords;
    this.tenants = tenants;
    this.text = text;
    this.clock = clock;
  }

  @Override
  public List<String> open(Demo demo) {
    return transactions.read(
        transaction -> {
          List<String> open = new ArrayList<>();
          for (AdminName admin : admins(transaction, demo)) {
            open.add("administrator " + admin.username + " with a known password");
          }
          for (DemoTenant tenant : tenants(transaction, demo)) {
            if (tenant.active) {
              open.add("tenant " + tenant.name + " of the demo, its keys and tokens");
            }
          }
          return open;
        });
  }

  @Override
  public Ended end(Demo demo, Path passwordFolder) {
    return transactions.write(
        transaction -> {
          List<String> said = new ArrayList<>();
          for (AdminName admin : admins(transaction, demo)) {
            said.add(endPassword(transaction, admin, passwordFolder));
          }
          List<DemoTenant> found = tenants(transaction, demo);
          for (DemoTenant tenant : found) {
            endTenant(transaction, tenant).ifPresent(said::add);
          }
          return new Ended(said, found.stream().map(tenant -> new TenantId(tenant.id)).toList());
        });
  }

  private String endPassword(Transaction transaction, AdminName admin, Path folder) {
    String password = text.password();
    int _ =
        transaction
            .sql()
            .update(ADMIN)
            .set(ADMIN.PASSWORD_HASH, passwords.hash(password))
            .where(ADMIN.ID.eq(admin.id))
            .execute();
    int _ =
        transaction
            .sql()
            .update(ADMIN_SESSION)
            .set(ADMIN_SESSION.REVOKED_AT, InputChecks.now(clock))
            .where(ADMIN_SESSION.ADMIN_ID.eq(admin.id))
            .and(ADMIN_SESSION.REVOKED_AT.isNull())
            .execute();
    String name =
        admin.username.equals(FIRST_ADMIN) ? "admin-password" : "admin-password-" + admin.username;
    // before the commit: a file whose password is none does no harm, a password without it does
    OwnerOnlyFile.create(folder.resolve(name), password + "\n");
    return "administrator " + admin.username + " has another password, in " + folder.resolve(name);
  }

  private Optional<String> endTenant(Transaction transaction, DemoTenant tenant) {
    int keys =
        transaction
            .sql()
            .update(API_KEY)
            .set(API_KEY.ACTIVE, false)
            .where(API_KEY.TENANT_ID.eq(tenant.id))
            .and(API_KEY.ACTIVE)
            .execute();
    int tokens =
        transaction
            .sql()
            .update(SERVICE_TOKEN)
            .set(SERVICE_TOKEN.ACTIVE, false)
            .where(SERVICE_TOKEN.TENANT_ID.eq(tenant.id))
            .and(SERVICE_TOKEN.ACTIVE)
            .execute();
    int users =
        transaction
            .sql()
            .update(TENANT_USER)
            .set(TENANT_USER.ACTIVE, false)
            .setNull(TENANT_USER.PASSWORD_HASH)
            .where(TENANT_USER.TENANT_ID.eq(tenant.id))
            .and(TENANT_USER.ACTIVE)
            .execute();
    if (tenant.active) {
      tenants.end(transaction, new TenantId(tenant.id));
    }
    return tenant.active || keys + tokens + users > 0
        ? Optional.of(
            "tenant "
                + tenant.name
                + " is closed: "
                + users
                + " users, "
                + keys
                + " API keys, "
                + tokens
                + " service tokens")
        : Optional.empty();
  }

  /** Administrators who can sign in with a known password. */
  private List<AdminName> admins(Transaction transaction, Demo demo) {
    List<AdminName> found = new ArrayList<>();
    transaction
        .sql()
        .select(ADMIN.ID, ADMIN.USERNAME, ADMIN.PASSWORD_HASH)
        .from(ADMIN)
        .where(ADMIN.ACTIVE)
        .orderBy(ADMIN.ID)
        .limit(MAX_ADMINS)
        .forEach(
            row -> {
              for (String password : demo.passwords()) {
                if (passwords.matches(password, Optional.of(row.value3()))) {
                  found.add(new AdminName(row.value1(), row.value2()));
                  return;
                }
              }
            });
    return found;
  }

  private static List<DemoTenant> tenants(Transaction transaction, Demo demo) {
    return transaction
        .sql()
        .selectDistinct(TENANT.ID, TENANT.NAME, TENANT.ACTIVE)
        .from(TENANT)
        .join(TENANT_USER)
        .on(TENANT_USER.TENANT_ID.eq(TENANT.ID))
        .where(TENANT_USER.EMAIL.in(demo.emails()))
        .orderBy(TENANT.ID)
        .fetch(row -> new DemoTenant(row.value1(), row.value2(), row.value3()));
  }

  private record AdminName(long id, String username) {}

  private record DemoTenant(long id, String name, boolean active) {}
}
