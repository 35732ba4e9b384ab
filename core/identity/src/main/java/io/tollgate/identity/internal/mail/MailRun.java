package io.tollgate.identity.internal.mail;

import io.tollgate.data.Transactions;
import io.tollgate.identity.MailConfig;
import io.tollgate.identity.internal.InputChecks;
import io.tollgate.identity.internal.mail.MailCounts.Outcome;
import io.tollgate.schema.identity.tables.records.MailRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the mails whose turn it is: those that were committed, each once, and once more where this
 * process died between the server's yes and our note of it. A mail that the server does not take is
 * tried again, each time after twice as long.
 */
public final class MailRun implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(MailRun.class);
  private static final int AT_ONCE = 50;
  private static final Duration FIRST_DELAY = Duration.ofSeconds(15);
  private static final Duration LAST_DELAY = Duration.ofHours(1);
  private static final Duration KEPT = Duration.ofDays(7);
  private static final int PURGED = 1_000;

  private final Transactions transactions;
  private final MailWriter writer;
  private final SmtpSender sender;
  private final MailConfig config;
  private final InstantSource clock;
  private final MailCounts counts;

  public MailRun(
      Transactions transactions,
      MailWriter writer,
      SmtpSender sender,
      MailConfig config,
      InstantSource clock,
      MailCounts counts) {
    this.transactions = transactions;
    this.writer = writer;
    this.sender = sender;
    this.config = config;
    this.clock = clock;
    this.counts = counts;
  }

  @Override
  public void run() {
    List<MailRecord> due =
        transactions.read(tx -> MailTable.due(tx, InputChecks.now(clock), AT_ONCE));
    for (MailRecord mail : due) {
      handle(mail);
    }
  }

  private void handle(MailRecord mail) {
    Instant now = InputChecks.now(clock);
    // its token is committed before it is on its way
    Optional<MailText> text = transactions.write(tx -> writer.write(tx, mail, now));
    if (text.isEmpty()) {
      finish(mail, "void", "", Outcome.VOID);
      return;
    }
    try {
      sender.send(mail.getRecipient(), text.get(), mark(mail), now);
      finish(mail, "sent", "", Outcome.SENT);
    } catch (MailRefusedException e) {
      boolean last = e.forGood() || mail.getTries() + 1 >= config.triesMax();
      LOG.atWarn()
          .addKeyValue("mail", mail.getId())
          .addKeyValue("purpose", mail.getPurpose())
          .addKeyValue("reason", e.reason())
          .addKeyValue("tries", mail.getTries() + 1)
          .log(last ? "a mail was given up" : "a mail was not taken and is tried again");
      if (last) {
        finish(mail, "failed", e.reason(), Outcome.FAILED);
      } else {
        later(mail, e.reason(), now.plus(delay(mail.getTries())));
      }
    }
  }

  private void finish(MailRecord mail, String state, String error, Outcome outcome) {
    var _ =
        transactions.write(
            tx -> {
              MailTable.finish(tx, mail.getId(), state, error, InputChecks.now(clock));
              return state;
            });
    counts.count(outcome);
  }

  private void later(MailRecord mail, String error, Instant when) {
    var _ =
        transactions.write(
            tx -> {
              MailTable.later(tx, mail.getId(), when, error);
              return when;
            });
    counts.count(Outcome.DELAYED);
  }

  /** Removes mails that were finished a week ago, and tokens that have expired; how many. */
  public static int purge(Transactions transactions, InstantSource clock) {
    Instant now = InputChecks.now(clock);
    return transactions.write(
        tx -> MailTable.purge(tx, now.minus(KEPT), PURGED) + MailTokens.purge(tx, now, PURGED));
  }

  static Duration delay(int tries) {
    Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(tries, 20));
    return delay.compareTo(LAST_DELAY) < 0 ? delay : LAST_DELAY;
  }

  private String mark(MailRecord mail) {
    String from = config.from().value();
    return "tollgate-"
        + mail.getId()
        + "-"
        + mail.getCreatedAt().toEpochMilli()
        + from.substring(from.indexOf('@'));
  }
}
