package io.tollgate.relay.accounts.internal;

import static io.tollgate.schema.relay.Tables.BATCH_LINE;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ChargeId;
import io.tollgate.relay.accounts.BatchLines;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.impl.DSL;

/** Lines of batches as rows, thousands at once. */
final class StoredLines implements BatchLines {
  private static final String ADD =
      """
      insert into relay.batch_line
        (batch, number, custom_id, input_tokens, output_tokens, created_at)
      select ?, u.number, u.custom_id, u.input, u.output, ?::timestamptz
        from unnest(?::integer[], ?::text[], ?::bigint[], ?::bigint[])
          as u (number, custom_id, input, output)
      """;

  private static final String CHARGED =
      """
      update relay.batch_line l set charge_id = u.charge, charged = u.units
        from unnest(?::integer[], ?::uuid[], ?::bigint[]) as u (number, charge, units)
       where l.batch = ? and l.number = u.number
      """;

  @Override
  public void add(Transaction transaction, ChargeId batch, List<Line> lines, Instant now) {
    int _ =
        transaction
            .sql()
            .execute(
                ADD,
                batch.value(),
                now.toString(),
                lines.stream().map(Line::number).toArray(Integer[]::new),
                lines.stream().map(Line::customId).toArray(String[]::new),
                lines.stream().map(Line::input).toArray(Long[]::new),
                lines.stream().map(Line::output).toArray(Long[]::new));
  }

  @Override
  public Map<String, Line> of(Transaction transaction, ChargeId batch) {
    Map<String, Line> lines = new HashMap<>();
    transaction
        .sql()
        .selectFrom(BATCH_LINE)
        .where(BATCH_LINE.BATCH.eq(batch.value()))
        .forEach(
            row ->
                lines.put(
                    row.getCustomId(),
                    new Line(
                        row.getNumber(),
                        row.getCustomId(),
                        row.getInputTokens(),
                        row.getOutputTokens())));
    return lines;
  }

  @Override
  public boolean isBatch(Transaction transaction, ChargeId batch) {
    return transaction.sql().fetchExists(BATCH_LINE, BATCH_LINE.BATCH.eq(batch.value()));
  }

  @Override
  public void charged(Transaction transaction, ChargeId batch, List<Charged> lines) {
    int _ =
        transaction
            .sql()
            .execute(
                CHARGED,
                lines.stream().map(Charged::number).toArray(Integer[]::new),
                lines.stream().map(line -> line.charge().value()).toArray(UUID[]::new),
                lines.stream().map(Charged::units).toArray(Long[]::new),
                batch.value());
  }

  @Override
  public int forget(Transaction transaction, Instant before, int limit) {
    return transaction
        .sql()
        .deleteFrom(BATCH_LINE)
        .where(
            DSL.row(BATCH_LINE.BATCH, BATCH_LINE.NUMBER)
                .in(
                    DSL.select(BATCH_LINE.BATCH, BATCH_LINE.NUMBER)
                        .from(BATCH_LINE)
                        .where(BATCH_LINE.CREATED_AT.lt(before))
                        .limit(limit)))
        .execute();
  }
}
