package io.tollgate.ledger.internal.lists;

import static io.tollgate.schema.ledger.Tables.ACCOUNT;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.sum;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountFilter;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.internal.accounts.AccountKinds;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.ResultQuery;
import org.jooq.Select;

/** Accounts by id. */
final class AccountList {
  private static final Field<Long> FLOOR = min(ACCOUNT.FLOOR).as("lowest_floor");
  private static final Field<BigDecimal> BALANCE = sum(ACCOUNT.BALANCE).as("balances");
  private static final Field<BigDecimal> HELD = sum(ACCOUNT.HELD).as("holds");
  private static final Field<BigDecimal> VERSION = sum(ACCOUNT.VERSION).as("versions");

  private final DSLContext sql;

  AccountList(DSLContext sql) {
    this.sql = sql;
  }

  ListPage<Account> page(AccountFilter filter, ListRequest page) {
    return ListPage.of(
        query(filter, page).fetch(AccountList::read),
        page,
        account -> account.id().toString(),
        () -> count(filter));
  }

  /** All of an owner's. */
  List<Account> ofOwner(TenantId tenant, String owner) {
    Condition condition =
        ACCOUNT
            .SHARD
            .eq(inline((short) 0))
            .and(ACCOUNT.TENANT_ID.eq(tenant.value()))
            .and(ACCOUNT.OWNER.eq(owner));
    return rows(sql.select(ACCOUNT.ID).from(ACCOUNT).where(condition)).fetch(AccountList::read);
  }

  /** One, with all its shards. */
  Optional<Account> find(AccountId id) {
    return rows(sql.select(inline(id.value()))).fetchOptional(AccountList::read);
  }

  /** What they are, hot or not. */
  Map<AccountId, AccountKey> keys(Collection<AccountId> ids) {
    Long[] wanted = ids.stream().map(AccountId::value).toArray(Long[]::new);
    return sql.select(
            ACCOUNT.ID,
            ACCOUNT.TENANT_ID,
            ACCOUNT.OWNER,
            ACCOUNT.KIND,
            ACCOUNT.ASSET,
            ACCOUNT.SCALE,
            ACCOUNT.PERIOD)
        .from(ACCOUNT)
        .where(ACCOUNT.ID.eq(any(wanted)))
        .and(ACCOUNT.SHARD.eq(inline((short) 0)))
        .fetchMap(row -> new AccountId(row.get(ACCOUNT.ID)), AccountList::key);
  }

  /** One row more than the page, to know whether there is more. */
  ResultQuery<? extends Record> query(AccountFilter filter, ListRequest page) {
    return rows(ids(filter, page));
  }

  private ResultQuery<? extends Record> rows(Select<Record1<Long>> ids) {
    return sql.select(
            ACCOUNT.ID,
            ACCOUNT.TENANT_ID,
            ACCOUNT.OWNER,
            ACCOUNT.KIND,
            ACCOUNT.ASSET,
            ACCOUNT.SCALE,
            ACCOUNT.PERIOD,
            min(ACCOUNT.EXPIRES_AT).as(ACCOUNT.EXPIRES_AT),
            max(ACCOUNT.PRIORITY).as(ACCOUNT.PRIORITY),
            min(ACCOUNT.CREATED_AT).as(ACCOUNT.CREATED_AT),
            FLOOR,
            BALANCE,
            HELD,
            VERSION)
        .from(ACCOUNT)
        .where(ACCOUNT.ID.in(ids))
        .groupBy(
            ACCOUNT.ID,
            ACCOUNT.TENANT_ID,
            ACCOUNT.OWNER,
            ACCOUNT.KIND,
            ACCOUNT.ASSET,
            ACCOUNT.SCALE,
            ACCOUNT.PERIOD)
        .orderBy(ACCOUNT.ID);
  }

  private Select<Record1<Long>> ids(AccountFilter filter, ListRequest page) {
    Condition condition = condition(filter);
    if (page.cursor().isPresent()) {
      condition = condition.and(ACCOUNT.ID.gt(parse(page.cursor().get())));
    }
    return sql.select(ACCOUNT.ID)
        .from(ACCOUNT)
        .where(condition)
        .orderBy(ACCOUNT.ID)
        .limit(page.limit())
        .offset(page.offset());
  }

  private long count(AccountFilter filter) {
    return sql.selectCount().from(ACCOUNT).where(condition(filter)).fetchSingle().value1();
  }

  /** Of shard 0 only, written in, because the indexes are. */
  private static Condition condition(AccountFilter filter) {
    Condition condition = ACCOUNT.SHARD.eq(inline((short) 0));
    if (filter.tenant().isPresent()) {
      condition = condition.and(ACCOUNT.TENANT_ID.eq(filter.tenant().get().value()));
    }
    if (filter.owner().isPresent()) {
      condition = condition.and(ACCOUNT.OWNER.eq(filter.owner().get()));
    }
    if (filter.asset().isPresent()) {
      condition = condition.and(ACCOUNT.ASSET.eq(filter.asset().get()));
    }
    if (filter.kind().isPresent()) {
      condition = condition.and(ACCOUNT.KIND.eq(filter.kind().map(AccountKind::code).get()));
    }
    return condition;
  }

  private static Account read(Record row) {
    return new Account(
        new AccountId(row.get(ACCOUNT.ID)),
        key(row),
        row.get(BALANCE).longValueExact(),
        row.get(HELD).longValueExact(),
        Optional.ofNullable(row.get(FLOOR)).map(OptionalLong::of).orElseGet(OptionalLong::empty),
        Optional.ofNullable(row.get(ACCOUNT.EXPIRES_AT)),
        row.get(ACCOUNT.PRIORITY),
        row.get(ACCOUNT.CREATED_AT),
        row.get(VERSION).longValueExact());
  }

  private static AccountKey key(Record row) {
    return new AccountKey(
        new TenantId(row.get(ACCOUNT.TENANT_ID)),
        row.get(ACCOUNT.OWNER),
        AccountKinds.parse(row.get(ACCOUNT.KIND)),
        new Asset(row.get(ACCOUNT.ASSET), row.get(ACCOUNT.SCALE)),
        row.get(ACCOUNT.PERIOD));
  }

  private static long parse(String cursor) {
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "cursor: not one of this list (expected: its last next)", e);
    }
  }
}
