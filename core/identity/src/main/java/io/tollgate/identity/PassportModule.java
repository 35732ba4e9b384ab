package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.RecurringJob;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.internal.mail.MailCounts;
import io.tollgate.identity.internal.mail.MailRun;
import io.tollgate.identity.internal.mail.MailWriter;
import io.tollgate.identity.internal.mail.MailedNotices;
import io.tollgate.identity.internal.mail.SmtpSender;
import io.tollgate.identity.internal.passport.FirstTenant;
import io.tollgate.identity.internal.passport.PassportParts;
import io.tollgate.identity.internal.passport.StoredPassports;
import io.tollgate.identity.internal.signon.StoredSignOn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Opens registration, sign-in and their mails for the program. */
public final class PassportModule implements ProgramModule {
  private static final Duration TIDYING = Duration.ofMinutes(10);

  private final StoredPassports passports;
  private final SignOn signOn;
  private final PassportParts parts;
  private final MailCounts mailCounts = new MailCounts();
  private final Optional<MailRun> mails;
  private final MailConfig mail;
  private final PortalAddress address;

  private PassportModule(
      IdentityModule identity,
      PassportParts parts,
      PassportConfig config,
      MailConfig mail,
      SignOnConfig signOn,
      PortalAddress address,
      VerifiedUsers heard) {
    this.parts = requireNonNull(parts, "parts is null");
    this.mail = requireNonNull(mail, "mail is null");
    this.address = requireNonNull(address, "address is null");
    this.signOn =
        new StoredSignOn(
            parts.transactions(),
            signOn,
            config,
            address,
            identity.secretBox("sign-on attempts"),
            parts.registered(),
            parts.sessions(),
            identity.adminDoor()::openVouched,
            parts.attempts(),
            parts.text(),
            parts.clock(),
            FirstTenant::of);
    this.passports = parts.passports(config, mail.host().isPresent(), heard);
    this.mails =
        mail.host()
            .map(
                host ->
                    new MailRun(
                        parts.transactions(),
                        new MailWriter(parts.tenants(), parts.text(), config, address),
                        new SmtpSender(mail),
                        mail,
                        parts.clock(),
                        mailCounts));
  }

  /**
   * The module as the program's list names it.
   *
   * @param publicUrl the installation's address, without a slash at the end
   * @param heard who hears of verified addresses
   * @param overTls whether browsers keep sessions for TLS only, whatever the address says
   */
  public static ModuleEntry<PassportModule> entry(
      Function<ModuleSite, Supplier<String>> publicUrl,
      Function<ModuleSite, VerifiedUsers> heard,
      Predicate<ModuleSite> overTls) {
    return ModuleEntry.of(
            PassportModule.class,
            site -> open(site, publicUrl.apply(site), heard.apply(site), overTls.test(site)))
        .with(
            Stream.of(PassportConfig.settings(), MailConfig.settings(), SignOnConfig.settings())
                .<Setting<?>>flatMap(List::stream)
                .toList());
  }

  /** Puts it together over identity; nobody hears of verified addresses. */
  public static PassportModule over(
      IdentityModule identity,
      PassportConfig config,
      MailConfig mail,
      SignOnConfig signOn,
      Supplier<String> publicUrl) {
    return over(identity, config, mail, signOn, publicUrl, VerifiedUsers.NOBODY, false);
  }

  private static PassportModule over(
      IdentityModule identity,
      PassportConfig config,
      MailConfig mail,
      SignOnConfig signOn,
      Supplier<String> publicUrl,
      VerifiedUsers heard,
      boolean overTls) {
    return new PassportModule(
        identity,
        identity.passportParts(),
        config,
        mail,
        signOn,
        new PortalAddress(publicUrl, config.hosts(), overTls),
        heard);
  }

  private static PassportModule open(
      ModuleSite site, Supplier<String> publicUrl, VerifiedUsers heard, boolean overTls) {
    PassportModule module =
        over(
            site.module(IdentityModule.class),
            PassportConfig.from(site.settings()),
            MailConfig.from(site.settings()),
            SignOnConfig.from(site.settings()),
            publicUrl,
            heard,
            overTls);
    module.bindTo(site.facility(MeterRegistry.class));
    return module;
  }

  /** Shows how logins end and what becomes of mails. */
  public void bindTo(MeterRegistry registry) {
    parts.counts().bindTo(registry);
    mailCounts.bindTo(registry);
  }

  public PortalAddress address() {
    return address;
  }

  public Passports passports() {
    return passports;
  }

  /** Tells users by mail of what they wanted to be told. */
  public UserNotices notices() {
    return new MailedNotices(mail.host().isPresent(), parts.clock());
  }

  public SignOn signOn() {
    return signOn;
  }

  public SecondFactors secondFactors() {
    return parts.factors();
  }

  @Override
  public Offers offers() {
    List<RecurringJob> jobs = new ArrayList<>();
    mails.ifPresent(run -> jobs.add(new RecurringJob("identity.mails", mail.interval(), run)));
    jobs.add(new RecurringJob("identity.ended_sign_ins", TIDYING, this::tidy));
    return Offers.NONE.and(RecurringJob.class, jobs);
  }

  private void tidy() {
    int _ = parts.sessions().purge();
    int _ = parts.attempts().purge();
    int _ = MailRun.purge(parts.transactions(), parts.clock());
    int _ = StoredSignOn.purge(parts.transactions(), parts.clock());
  }
}
