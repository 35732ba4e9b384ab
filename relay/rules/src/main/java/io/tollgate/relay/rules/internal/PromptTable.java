package io.tollgate.relay.rules.internal;

import static io.tollgate.schema.relay.Tables.KEPT_PROMPT;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.SecretBox;
import io.tollgate.relay.rules.KeptPrompt;
import io.tollgate.relay.rules.KeptPrompts;
import io.tollgate.schema.relay.tables.records.KeptPromptRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;

/** Kept requests and answers in their table, each encrypted for its request and tenant alone. */
public final class PromptTable implements KeptPrompts {
  private static final int VERSION = 1;
  private static final int DELETED_AT_ONCE = 5_000;

  private final SecretBox box;
  private final InstantSource clock;

  /**
   * @param clock the database's time
   */
  public PromptTable(SecretBox box, InstantSource clock) {
    this.box = requireNonNull(box, "box is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  void write(Transaction transaction, List<KeptPrompt> prompts) {
    List<KeptPromptRecord> rows = new ArrayList<>(prompts.size());
    for (KeptPrompt prompt : prompts) {
      KeptPromptRecord row = new KeptPromptRecord();
      row.setRequestId(prompt.id().value());
      row.setTenantId(prompt.tenant().value());
      row.setUserId(prompt.user().value());
      row.setApiKeyId(prompt.key().value());
      row.setCreatedAt(prompt.createdAt());
      row.setExpiresAt(prompt.expiresAt());
      row.setSealed(box.seal(bytes(prompt), associated(prompt.id(), prompt.tenant())));
      rows.add(row);
    }
    int _ =
        transaction
            .sql()
            .insertInto(KEPT_PROMPT)
            .set(rows)
            .onConflict(KEPT_PROMPT.REQUEST_ID)
            .doNothing()
            .execute();
  }

  @Override
  public Optional<KeptPrompt> find(Transaction transaction, ChargeId id) {
    return transaction
        .sql()
        .selectFrom(KEPT_PROMPT)
        .where(KEPT_PROMPT.REQUEST_ID.eq(id.value()))
        .and(KEPT_PROMPT.EXPIRES_AT.gt(clock.instant()))
        .fetchOptional(this::read);
  }

  @Override
  public int purge(Transaction transaction, TenantId tenant, Optional<UserId> user) {
    Condition whose = KEPT_PROMPT.TENANT_ID.eq(tenant.value());
    if (user.isPresent()) {
      whose = whose.and(KEPT_PROMPT.USER_ID.eq(user.get().value()));
    }
    return transaction.sql().deleteFrom(KEPT_PROMPT).where(whose).execute();
  }

  /** Deletes what has been kept for long enough, some at a time. */
  public void deleteExpired(Transactions transactions) {
    Instant now = clock.instant();
    int deleted = DELETED_AT_ONCE;
    while (deleted == DELETED_AT_ONCE) {
      deleted =
          transactions.write(
              transaction ->
                  transaction
                      .sql()
                      .deleteFrom(KEPT_PROMPT)
                      .where(
                          KEPT_PROMPT.REQUEST_ID.in(
                              transaction
                                  .sql()
                                  .select(KEPT_PROMPT.REQUEST_ID)
                                  .from(KEPT_PROMPT)
                                  .where(KEPT_PROMPT.EXPIRES_AT.le(now))
                                  .limit(DELETED_AT_ONCE)))
                      .execute());
    }
  }

  private static String associated(ChargeId id, TenantId tenant) {
    return "relay.kept_prompt:" + tenant.value() + "/" + id;
  }

  private static byte[] bytes(KeptPrompt prompt) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(prompt.bytes() + 128);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeInt(prompt.status());
      out.writeBoolean(prompt.requestCut());
      out.writeBoolean(prompt.answerCut());
      out.writeUTF(prompt.contentType());
      out.writeInt(prompt.request().length);
      out.write(prompt.request());
      out.write(prompt.answer());
    } catch (IOException e) {
      throw new UncheckedIOException("a prompt could not be written", e);
    }
    return bytes.toByteArray();
  }

  private KeptPrompt read(KeptPromptRecord row) {
    ChargeId id = new ChargeId(row.getRequestId());
    TenantId tenant = new TenantId(row.getTenantId());
    byte[] opened = box.open(row.getSealed(), associated(id, tenant));
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(opened))) {
      if (in.readByte() != VERSION) {
        throw new IllegalStateException("kept prompt " + id + " was written by another build");
      }
      int status = in.readInt();
      boolean requestCut = in.readBoolean();
      boolean answerCut = in.readBoolean();
      String contentType = in.readUTF();
      byte[] request = in.readNBytes(in.readInt());
      return new KeptPrompt(
          id,
          tenant,
          new UserId(row.getUserId()),
          new ApiKeyId(row.getApiKeyId()),
          row.getCreatedAt(),
          row.getExpiresAt(),
          status,
          request,
          requestCut,
          contentType,
          in.readAllBytes(),
          answerCut);
    } catch (IOException e) {
      throw new UncheckedIOException("kept prompt " + id + " cannot be read", e);
    }
  }
}
