package io.tollgate.identity.internal;

import static io.tollgate.schema.identity.Tables.TENANT_USER;
import static org.jooq.impl.DSL.any;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.NewUser;
import io.tollgate.identity.PlanLimit;
import io.tollgate.identity.QuotaPlans;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.User;
import io.tollgate.identity.Users;
import io.tollgate.schema.identity.tables.records.TenantUserRecord;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Users in PostgreSQL. */
public final class StoredUsers implements Users {
  /** Numbers passed over at most because the tenant uses them as external ids already. */
  private static final int MAX_DRAWS = 1_000;

  private final Tenants tenants;
  private final QuotaPlans plans;
  private final ArgonPasswords passwords;
  private final RandomText text;
  private final InstantSource clock;

  public StoredUsers(
      Tenants tenants,
      QuotaPlans plans,
      ArgonPasswords passwords,
      RandomText text,
      InstantSource clock) {
    this.tenants = tenants;
    this.plans = plans;
    this.passwords = passwords;
    this.text = text;
    this.clock = clock;
  }

  @Override
  public Optional<User> find(Transaction transaction, UserId id) {
    return transaction
        .sql()
        .selectFrom(TENANT_USER)
        .where(TENANT_USER.ID.eq(id.value()))
        .fetchOptional(StoredUsers::user);
  }

  @Override
  public Map<UserId, User> find(Transaction transaction, Collection<UserId> ids) {
    Long[] numbers = ids.stream().map(UserId::value).toArray(Long[]::new);
    Map<UserId, User> found = new HashMap<>();
    // one array, not a list of parameters: one statement, whatever their number
    transaction
        .sql()
        .selectFrom(TENANT_USER)
        .where(TENANT_USER.ID.eq(any(numbers)))
        .forEach(row -> found.put(new UserId(row.getId()), user(row)));
    return found;
  }

  @Override
  public Optional<User> findByExternalId(
      Transaction transaction, TenantId tenant, String externalId) {
    if (!UserChecks.isExternalId(externalId)) {
      return Optional.empty();
    }
    return transaction
        .sql()
        .selectFrom(TENANT_USER)
        .where(TENANT_USER.TENANT_ID.eq(tenant.value()))
        .and(TENANT_USER.EXTERNAL_ID.eq(externalId))
        .fetchOptional(StoredUsers::user);
  }

  @Override
  public void hold(Transaction transaction, TenantId tenant, UserId user) {
    boolean there =
        transaction
            .sql()
            .select(TENANT_USER.ID)
            .from(TENANT_USER)
            .where(TENANT_USER.ID.eq(user.value()))
            .and(TENANT_USER.TENANT_ID.eq(tenant.value()))
            .and(TENANT_USER.DELETED_AT.isNull())
            .forKeyShare()
            .fetchOptional()
            .isPresent();
    if (!there) {
      throw new Refusal(ErrorCode.USER_NOT_FOUND, "there is no user " + user);
    }
  }

  @Override
  public Optional<User> findByEmail(Transaction transaction, TenantId tenant, String email) {
    if (!UserChecks.isEmail(email)) {
      return Optional.empty();
    }
    return transaction
        .sql()
        .selectFrom(TENANT_USER)
        .where(TENANT_USER.TENANT_ID.eq(tenant.value()))
        .and(TENANT_USER.EMAIL.eq(email.toLowerCase(Locale.ROOT)))
        .fetchOptional(StoredUsers::user);
  }

  @Override
  public Optional<User> findByInviteCode(
      Transaction transaction, TenantId tenant, String inviteCode) {
    if (!UserChecks.isExternalId(inviteCode)) {
      return Optional.empty();
    }
    return transaction
        .sql()
        .selectFrom(TENANT_USER)
        .where(TENANT_USER.TENANT_ID.eq(tenant.value()))
        .and(TENANT_USER.INVITE_CODE.eq(inviteCode.toUpperCase(Locale.ROOT)))
        .fetchOptional(StoredUsers::user);
  }

  @Override
  public User root(Transaction transaction, TenantId tenant) {
    return transaction
        .sql()
        .selectFrom(TENANT_USER)
        .where(TENANT_USER.TENANT_ID.eq(tenant.value()))
        .and(TENANT_USER.IS_ROOT)
        .fetchOptional(StoredUsers::user)
        .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "there is no tenant " + tenant));
  }

  @Override
  public User findOrCreate(Transaction transaction, TenantId tenant, String externalId) {
    UserChecks.externalId(externalId);
    NewUser user =
        new NewUser(
            tenant,
            Optional.of(externalId),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty());
    for (int draw = 0; draw < MAX_DRAWS; draw++) {
      Optional<User> found = findByExternalId(transaction, tenant, externalId);
      if (found.isPresent()) {
        return found.get();
      }
      requireRoom(transaction, tenant);
      Optional<User> made = insert(transaction, user, null);
      if (made.isPresent()) {
        return made.get();
      }
      // another transaction made them and has committed, or an invite code was drawn twice
    }
    throw drawnInVain();
  }

  @Override
  public User create(Transaction transaction, NewUser user) {
    user.externalId().ifPresent(UserChecks::externalId);
    user.email().ifPresent(UserChecks::email);
    user.monthlyFreeTokens().ifPresent(InputChecks::monthlyFreeTokens);
    requireRoom(transaction, user.tenant());
    user.inviter().ifPresent(by -> requireInviter(transaction, user.tenant(), by));
    String passwordHash = user.password().map(passwords::hash).orElse(null);
    for (int draw = 0; draw < MAX_DRAWS; draw++) {
      Optional<User> made = insert(transaction, user, passwordHash);
      if (made.isPresent()) {
        return made.get();
      }
      refuseTaken(transaction, user);
      // the number is somebody's external id, or an invite code was drawn twice
    }
    throw drawnInVain();
  }

  /**
   * Makes a user whose password is hashed already.
   *
   * @param passwordHash null where there is none
   * @return nothing when the tenant has the address already; of two at once one is made
   */
  public Optional<User> register(
      Transaction transaction, NewUser user, @Nullable String passwordHash) {
    user.email().ifPresent(UserChecks::email);
    requireRoom(transaction, user.tenant());
    for (int draw = 0; draw < MAX_DRAWS; draw++) {
      Optional<User> made = insert(transaction, user, passwordHash);
      if (made.isPresent()) {
        return made;
      }
      if (user.email().isPresent()
          && findByEmail(transaction, user.tenant(), user.email().get()).isPresent()) {
        return Optional.empty();
      }
    }
    throw drawnInVain();
  }

  @Override
  public void setPassword(Transaction transaction, TenantId tenant, UserId user, String password) {
    int changed =
        transaction
            .sql()
            .update(TENANT_USER)
            .set(TENANT_USER.PASSWORD_HASH, passwords.hash(password))
            .where(TENANT_USER.ID.eq(user.value()))
            .and(TENANT_USER.TENANT_ID.eq(tenant.value()))
            .execute();
    if (changed == 0) {
      throw new Refusal(ErrorCode.USER_NOT_FOUND, "there is no user " + user);
    }
  }

  private Optional<User> insert(
      Transaction transaction, NewUser user, @Nullable String passwordHash) {
    long number =
        transaction
            .sql()
            .fetchSingle("select nextval('identity.tenant_user_id_seq')")
            .get(0, Long.class);
    return transaction
        .sql()
        .insertInto(TENANT_USER)
        .set(TENANT_USER.ID, number)
        .set(TENANT_USER.TENANT_ID, user.tenant().value())
        .set(TENANT_USER.EXTERNAL_ID, user.externalId().orElse(Long.toString(number)))
        .set(TENANT_USER.EMAIL, user.email().map(UserChecks::email).orElse(null))
        .set(TENANT_USER.PASSWORD_HASH, passwordHash)
        .set(TENANT_USER.INVITE_CODE, text.inviteCode())
        .set(TENANT_USER.INVITER_ID, user.inviter().map(UserId::value).orElse(null))
        .set(
            TENANT_USER.MONTHLY_FREE_TOKENS,
            user.monthlyFreeTokens().isPresent() ? user.monthlyFreeTokens().getAsLong() : null)
        .set(TENANT_USER.CREATED_AT, InputChecks.now(clock))
        .onConflictDoNothing()
        .returning()
        .fetchOptional(StoredUsers::user);
  }

  private void requireRoom(Transaction transaction, TenantId tenant) {
    if (tenants.find(transaction, tenant).isEmpty()) {
      throw new Refusal(ErrorCode.NOT_FOUND, "there is no tenant " + tenant);
    }
    plans.requireRoom(
        transaction,
        tenant,
        PlanLimit.USERS,
        () ->
            transaction
                .sql()
                .fetchCount(
                    TENANT_USER,
                    TENANT_USER
                        .TENANT_ID
                        .eq(tenant.value())
                        .and(DSL.not(TENANT_USER.IS_ROOT))
                        .and(TENANT_USER.DELETED_AT.isNull())));
  }

  private void requireInviter(Transaction transaction, TenantId tenant, UserId inviter) {
    boolean there =
        find(transaction, inviter).filter(user -> user.tenant().equals(tenant)).isPresent();
    if (!there) {
      throw new Refusal(ErrorCode.USER_NOT_FOUND, "there is no user " + inviter);
    }
  }

  private void refuseTaken(Transaction transaction, NewUser user) {
    if (user.externalId().isPresent()
        && findByExternalId(transaction, user.tenant(), user.externalId().get()).isPresent()) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "user_id: " + user.externalId().get() + " (expected: not yet used in this tenant)");
    }
    if (user.email().isPresent()
        && findByEmail(transaction, user.tenant(), user.email().get()).isPresent()) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "email: " + user.email().get() + " (expected: not yet used in this tenant)");
    }
  }

  private static Refusal drawnInVain() {
    return new Refusal(ErrorCode.CONFLICT, "no free number for a user in " + MAX_DRAWS + " draws")
        .withDetails("The tenant uses the coming numbers as external ids; give an external id.");
  }

  static User user(TenantUserRecord row) {
    Long monthlyFreeTokens = row.getMonthlyFreeTokens();
    return new User(
        new UserId(row.getId()),
        new TenantId(row.getTenantId()),
        row.getExternalId(),
        Optional.ofNullable(row.getEmail()),
        row.getInviteCode(),
        row.getActive(),
        monthlyFreeTokens == null ? OptionalLong.empty() : OptionalLong.of(monthlyFreeTokens),
        row.getCreatedAt(),
        row.getIsRoot());
  }
}
