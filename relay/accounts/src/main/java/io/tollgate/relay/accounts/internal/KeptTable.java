package io.tollgate.relay.accounts.internal;

import static io.tollgate.schema.relay.Tables.KEPT_OBJECT;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.relay.accounts.KeptKind;
import io.tollgate.relay.accounts.KeptObject;
import io.tollgate.relay.accounts.KeptObject.State;
import io.tollgate.relay.accounts.ProviderAccountId;
import io.tollgate.schema.relay.tables.records.KeptObjectRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** The rows of what providers keep; times are the database's. */
final class KeptTable {
  private KeptTable() {}

  /** Writes them; what is there already stays. */
  static void add(Transaction transaction, Collection<KeptObject> objects) {
    transaction
        .sql()
        .insertInto(KEPT_OBJECT)
        .set(objects.stream().map(KeptTable::row).toList())
        .onConflictDoNothing()
        .execute();
  }

  static Optional<KeptObject> find(
      Transaction transaction, KeptKind kind, String id, TenantId tenant, UserId user) {
    return transaction
        .sql()
        .selectFrom(KEPT_OBJECT)
        .where(KEPT_OBJECT.KIND.eq(kind.code()))
        .and(KEPT_OBJECT.OBJECT_ID.eq(id))
        .and(KEPT_OBJECT.TENANT_ID.eq(tenant.value()))
        .and(KEPT_OBJECT.USER_ID.eq(user.value()))
        .and(KEPT_OBJECT.STATE.ne(State.DELETED.code()))
        .orderBy(KEPT_OBJECT.CREATED_AT.desc())
        .limit(1)
        .fetchOptional(KeptTable::object);
  }

  static Optional<KeptObject> lock(Transaction transaction, KeptObject object) {
    return transaction
        .sql()
        .selectFrom(KEPT_OBJECT)
        .where(is(object))
        .forNoKeyUpdate()
        .fetchOptional(KeptTable::object);
  }

  /** What was deleted stays so. */
  static void move(Transaction transaction, KeptObject object, State state) {
    transaction
        .sql()
        .update(KEPT_OBJECT)
        .set(KEPT_OBJECT.STATE, state.code())
        .set(KEPT_OBJECT.CHANGED_AT, DSL.currentInstant())
        .where(is(object))
        .and(KEPT_OBJECT.STATE.ne(State.DELETED.code()))
        .execute();
  }

  static Condition is(KeptObject object) {
    return KEPT_OBJECT
        .KIND
        .eq(object.kind().code())
        .and(KEPT_OBJECT.OBJECT_ID.eq(object.id()))
        .and(KEPT_OBJECT.ACCOUNT_ID.eq(object.account().value()));
  }

  static KeptObject object(KeptObjectRecord row) {
    return new KeptObject(
        KeptKind.ofCode(row.getKind()),
        row.getObjectId(),
        new ProviderAccountId(row.getAccountId()),
        row.getKeyId(),
        new TenantId(row.getTenantId()),
        new UserId(row.getUserId()),
        new ApiKeyId(row.getApiKeyId()),
        row.getModel(),
        new ChargeId(row.getChargeId()),
        State.ofCode(row.getState()),
        row.getPurpose(),
        row.getDocument(),
        row.getCreatedAt());
  }

  private static KeptObjectRecord row(KeptObject object) {
    KeptObjectRecord row = new KeptObjectRecord();
    row.setKind(object.kind().code());
    row.setObjectId(object.id());
    row.setAccountId(object.account().value());
    row.setKeyId(object.keyId());
    row.setTenantId(object.tenant().value());
    row.setUserId(object.user().value());
    row.setApiKeyId(object.apiKey().value());
    row.setModel(object.model());
    row.setChargeId(object.charge().value());
    row.setState(object.state().code());
    row.setPurpose(object.purpose());
    row.setDocument(object.document());
    Instant at = object.createdAt();
    row.setCreatedAt(at);
    row.setChangedAt(at);
    if (object.state() == State.RUNNING) {
      row.setDueAt(at);
    }
    row.setFailures(0);
    return row;
  }
}
