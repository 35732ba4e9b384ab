package io.tollgate.trading.engine.internal;

import static io.tollgate.schema.trading.Tables.EXCHANGE_ACCOUNT;
import static io.tollgate.schema.trading.Tables.EXECUTION_NODE;
import static java.time.temporal.ChronoUnit.MICROS;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.schema.trading.tables.records.ExecutionNodeRecord;
import io.tollgate.trading.engine.ExecutionNode;
import io.tollgate.trading.engine.ExecutionNodes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Execution nodes in PostgreSQL. */
public final class StoredNodes implements ExecutionNodes {
  private static final Field<Integer> ACCOUNTS =
      DSL.field(
              DSL.selectCount()
                  .from(EXCHANGE_ACCOUNT)
                  .where(EXCHANGE_ACCOUNT.EXECUTION_NODE_ID.eq(EXECUTION_NODE.ID))
                  .and(EXCHANGE_ACCOUNT.UNBOUND_AT.isNull()))
          .as("accounts");

  private final InstantSource clock;

  public StoredNodes(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public ExecutionNode create(Transaction transaction, ExecutionNode.Sheet sheet) {
    Instant now = now();
    return transaction
        .sql()
        .insertInto(EXECUTION_NODE)
        .set(EXECUTION_NODE.NODE_CODE, sheet.code())
        .set(EXECUTION_NODE.NAME, sheet.name())
        .set(EXECUTION_NODE.BASE_URL, sheet.baseUrl())
        .set(EXECUTION_NODE.ACTIVE, sheet.active())
        .set(EXECUTION_NODE.CREATED_AT, now)
        .set(EXECUTION_NODE.UPDATED_AT, now)
        .onConflictDoNothing()
        .returning()
        .fetchOptional()
        .map(row -> node(row, 0))
        .orElseThrow(
            () -> GivenText.refused("node_code", sheet.code(), "one that no other node goes by"));
  }

  @Override
  public ExecutionNode change(
      Transaction transaction, long id, UnaryOperator<ExecutionNode.Sheet> change) {
    ExecutionNodeRecord row = lock(transaction, id);
    ExecutionNode.Sheet before = sheet(row);
    ExecutionNode.Sheet after = change.apply(before);
    if (!after.code().equals(before.code())) {
      throw GivenText.refused(
          "node_code", after.code(), before.code() + ", as the node itself goes by it");
    }
    if (!after.equals(before)) {
      row.setName(after.name());
      row.setBaseUrl(after.baseUrl());
      row.setActive(after.active());
      row.setUpdatedAt(now());
      int _ = row.update();
    }
    return node(row, accounts(transaction, id));
  }

  @Override
  public ExecutionNode delete(Transaction transaction, long id) {
    ExecutionNodeRecord row = lock(transaction, id);
    int accounts = accounts(transaction, id);
    if (accounts > 0) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "node " + id + " trades for " + accounts + " accounts (expected: one without any)");
    }
    ExecutionNode was = node(row, 0);
    int _ = row.delete();
    return was;
  }

  @Override
  public Optional<ExecutionNode> find(Transaction transaction, long id) {
    return transaction
        .sql()
        .select(EXECUTION_NODE.fields())
        .select(ACCOUNTS)
        .from(EXECUTION_NODE)
        .where(EXECUTION_NODE.ID.eq(id))
        .fetchOptional(StoredNodes::node);
  }

  @Override
  public ListPage<ExecutionNode> list(
      Transaction transaction, NodeFilter filter, ListRequest request) {
    Condition which = filter.active().map(EXECUTION_NODE.ACTIVE::eq).orElseGet(DSL::noCondition);
    return ListPage.of(
        transaction
            .sql()
            .select(EXECUTION_NODE.fields())
            .select(ACCOUNTS)
            .from(EXECUTION_NODE)
            .where(which)
            .and(
                request
                    .cursor()
                    .map(text -> EXECUTION_NODE.ID.gt(Cursors.id(text)))
                    .orElseGet(DSL::noCondition))
            .orderBy(EXECUTION_NODE.ID)
            .offset(request.offset())
            .limit(request.limit())
            .fetch(StoredNodes::node),
        request,
        node -> Long.toString(node.id()),
        () -> transaction.sql().fetchCount(EXECUTION_NODE, which));
  }

  @Override
  public Optional<ExecutionNode> heard(Transaction transaction, String code) {
    return transaction
        .sql()
        .update(EXECUTION_NODE)
        .set(EXECUTION_NODE.LAST_HEARTBEAT_AT, now())
        .where(EXECUTION_NODE.NODE_CODE.eq(code))
        .returning()
        .fetchOptional()
        .map(row -> node(row, accounts(transaction, row.getId())));
  }

  @Override
  public int assign(Transaction transaction, List<Long> accounts, OptionalLong node) {
    if (node.isPresent()) {
      // it stays, and as it is, until the accounts are assigned to it
      ExecutionNodeRecord row =
          transaction
              .sql()
              .selectFrom(EXECUTION_NODE)
              .where(EXECUTION_NODE.ID.eq(node.getAsLong()))
              .forShare()
              .fetchOptional()
              .orElseThrow(() -> unknown(node.getAsLong()));
      if (!row.getActive()) {
        throw new Refusal(
            ErrorCode.INVALID_REQUEST,
            "execution_node_id: " + row.getId() + " is off (expected: a node that is on)");
      }
    }
    return transaction
        .sql()
        .update(EXCHANGE_ACCOUNT)
        .set(
            EXCHANGE_ACCOUNT.EXECUTION_NODE_ID,
            node.isPresent() ? Long.valueOf(node.getAsLong()) : null)
        .set(EXCHANGE_ACCOUNT.UPDATED_AT, now())
        .where(EXCHANGE_ACCOUNT.ID.in(accounts.stream().distinct().sorted().toList()))
        .and(EXCHANGE_ACCOUNT.UNBOUND_AT.isNull())
        .execute();
  }

  private static int accounts(Transaction transaction, long id) {
    return transaction
        .sql()
        .fetchCount(
            EXCHANGE_ACCOUNT,
            EXCHANGE_ACCOUNT.EXECUTION_NODE_ID.eq(id).and(EXCHANGE_ACCOUNT.UNBOUND_AT.isNull()));
  }

  private static ExecutionNodeRecord lock(Transaction transaction, long id) {
    return transaction
        .sql()
        .selectFrom(EXECUTION_NODE)
        .where(EXECUTION_NODE.ID.eq(id))
        .forUpdate()
        .fetchOptional()
        .orElseThrow(() -> unknown(id));
  }

  private static Refusal unknown(long id) {
    return new Refusal(ErrorCode.NOT_FOUND, "there is no node " + id);
  }

  private Instant now() {
    return clock.instant().truncatedTo(MICROS);
  }

  private static ExecutionNode.Sheet sheet(ExecutionNodeRecord row) {
    return new ExecutionNode.Sheet(
        row.getNodeCode(), row.getName(), row.getBaseUrl(), row.getActive());
  }

  private static ExecutionNode node(Record row) {
    return node(row.into(EXECUTION_NODE), row.get(ACCOUNTS));
  }

  private static ExecutionNode node(ExecutionNodeRecord row, long accounts) {
    return new ExecutionNode(
        row.getId(),
        sheet(row),
        Optional.ofNullable(row.getLastHeartbeatAt()),
        accounts,
        row.getCreatedAt());
  }
}
