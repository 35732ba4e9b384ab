package io.tollgate.identity.internal.mail;

import static io.tollgate.schema.identity.Tables.TENANT_USER;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.MailLanguage;
import io.tollgate.identity.PassportConfig;
import io.tollgate.identity.PortalAddress;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.internal.RandomText;
import io.tollgate.identity.internal.mail.MailOrder.Purpose;
import io.tollgate.schema.identity.tables.records.MailRecord;
import io.tollgate.schema.identity.tables.records.MailTokenRecord;
import io.tollgate.schema.identity.tables.records.TenantUserRecord;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides what a mail says when it is its turn, and makes the token that it brings. Whether an
 * address is somebody's is asked here only, out of sight of whoever wanted the mail.
 */
public final class MailWriter {
  private final Tenants tenants;
  private final RandomText random;
  private final PassportConfig config;
  private final PortalLinks links;

  public MailWriter(
      Tenants tenants, RandomText random, PassportConfig config, PortalAddress address) {
    this.tenants = tenants;
    this.random = random;
    this.config = config;
    this.links = new PortalLinks(address);
  }

  /** What is to be sent; nothing where there is nothing to say. */
  Optional<MailText> write(Transaction transaction, MailRecord mail, Instant now) {
    TenantId tenant = new TenantId(mail.getTenantId());
    String place = tenants.find(transaction, tenant).map(Tenant::name).orElse("Tollgate");
    Optional<TenantUserRecord> user =
        transaction
            .sql()
            .selectFrom(TENANT_USER)
            .where(TENANT_USER.TENANT_ID.eq(tenant.value()))
            .and(TENANT_USER.EMAIL.eq(mail.getRecipient()))
            .fetchOptional();
    MailLanguage language = language(user, mail);
    return switch (Purpose.of(mail.getPurpose())) {
      case VERIFY ->
          mail.getPasswordHash() != null && user.isPresent()
              ? Optional.of(
                  MailText.registered(language, place, links.login(tenant), links.forgot(tenant)))
              : toVerify(transaction, mail, user, now)
                  .map(
                      draft ->
                          MailText.verify(
                              language,
                              place,
                              links.verify(tenant, token(transaction, draft, now)),
                              config.verifyLife().toHours()));
      case RESET ->
          user.filter(TenantUserRecord::getActive)
              .map(
                  found ->
                      MailTokens.draft(
                          Purpose.RESET,
                          tenant,
                          mail.getRecipient(),
                          found.getId(),
                          mail.getLanguage()))
              .map(
                  draft ->
                      MailText.reset(
                          language,
                          place,
                          links.reset(tenant, token(transaction, draft, now)),
                          config.resetLife().toMinutes()));
      case PASSWORD_CHANGED ->
          Optional.of(MailText.passwordChanged(language, place, links.forgot(tenant)));
      case BALANCE_LOW ->
          told(user, mail)
              .map(amount -> NoticeText.balanceLow(language, place, amount, links.topUp(tenant)));
      case QUOTA_LOW ->
          told(user, mail)
              .map(share -> NoticeText.quotaLow(language, place, share, links.usage(tenant)));
    };
  }

  /** What a notice tells; nothing where the user is gone by now. */
  private static Optional<String> told(Optional<TenantUserRecord> user, MailRecord mail) {
    return user.filter(TenantUserRecord::getActive).map(_ -> mail.getDetail());
  }

  /** What the token of a mail to verify stands for; nothing where there is nothing to verify. */
  private static Optional<MailTokenRecord> toVerify(
      Transaction transaction, MailRecord mail, Optional<TenantUserRecord> user, Instant now) {
    TenantId tenant = new TenantId(mail.getTenantId());
    String email = mail.getRecipient();
    if (user.isPresent()) {
      return user.filter(found -> found.getEmailVerifiedAt() == null)
          .map(
              found ->
                  MailTokens.draft(
                      Purpose.VERIFY, tenant, email, found.getId(), mail.getLanguage()));
    }
    if (mail.getPasswordHash() == null) {
      return MailTokens.newest(transaction, tenant, email, now);
    }
    MailTokenRecord draft =
        MailTokens.draft(Purpose.VERIFY, tenant, email, null, mail.getLanguage());
    draft.setPasswordHash(mail.getPasswordHash());
    draft.setInviterId(mail.getInviterId());
    return Optional.of(draft);
  }

  private String token(Transaction transaction, MailTokenRecord draft, Instant now) {
    String secret = random.secret();
    boolean verifies = Purpose.of(draft.getPurpose()) == Purpose.VERIFY;
    MailTokens.insert(
        transaction,
        secret,
        draft,
        now,
        now.plus(verifies ? config.verifyLife() : config.resetLife()));
    return secret;
  }

  private static MailLanguage language(Optional<TenantUserRecord> user, MailRecord mail) {
    return user.map(TenantUserRecord::getLanguage)
        .or(() -> Optional.of(mail.getLanguage()))
        .flatMap(MailLanguage::find)
        .orElse(MailLanguage.EN);
  }
}
