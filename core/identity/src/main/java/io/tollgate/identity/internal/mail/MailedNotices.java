package io.tollgate.identity.internal.mail;

import static io.tollgate.schema.identity.Tables.TENANT_USER;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.EmailAddress;
import io.tollgate.identity.MailLanguage;
import io.tollgate.identity.UserNotices;
import io.tollgate.identity.internal.mail.MailOrder.Purpose;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/** Notices to users, as mails in the queue. */
public final class MailedNotices implements UserNotices {
  /** To one address: a notice beyond is left out, as whoever asks for mails is. */
  private static final int HOUR_MAX = 5;

  private final boolean reach;
  private final InstantSource clock;

  /**
   * @param reach whether a mail server is set up
   */
  public MailedNotices(boolean reach, InstantSource clock) {
    this.reach = reach;
    this.clock = clock;
  }

  @Override
  public boolean reach() {
    return reach;
  }

  @Override
  public void tell(Transaction transaction, UserId user, About about, String detail) {
    if (!reach) {
      return;
    }
    transaction
        .sql()
        .selectFrom(TENANT_USER)
        .where(TENANT_USER.ID.eq(user.value()))
        .and(TENANT_USER.ACTIVE)
        .and(TENANT_USER.EMAIL_VERIFIED_AT.isNotNull())
        .fetchOptional()
        .ifPresent(
            row ->
                MailTable.order(
                    transaction,
                    new MailOrder(
                        purpose(about),
                        new TenantId(row.getTenantId()),
                        EmailAddress.parse(row.getEmail()),
                        Optional.ofNullable(row.getLanguage())
                            .flatMap(MailLanguage::find)
                            .orElse(MailLanguage.EN),
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.of(detail)),
                    HOUR_MAX,
                    clock.instant().truncatedTo(ChronoUnit.MICROS)));
  }

  private static Purpose purpose(About about) {
    return switch (about) {
      case BALANCE_LOW -> Purpose.BALANCE_LOW;
      case QUOTA_LOW -> Purpose.QUOTA_LOW;
    };
  }
}
