package io.tollgate.identity;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.testing.TestSettings;
import io.tollgate.ground.config.Setting;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sign-in over a database and a mail server of its own. */
final class PassportFixture implements AutoCloseable {
  static final SignInOrigin HERE = new SignInOrigin("192.0.2.1", "Firefox on Linux");
  static final SignInOrigin THERE = new SignInOrigin("198.51.100.7", "curl");
  static final String PASSWORD = "four words are enough";

  private static final Pattern TOKEN = Pattern.compile("#token=([A-Za-z0-9]+)");

  final IdentityFixture base = new IdentityFixture();
  final GreenMail mailbox =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  final Tenant tenant = base.tenant("Acme");
  private final Map<String, String> given = new HashMap<>();
  PassportModule module;
  Passports passports;

  PassportFixture(String... settings) {
    mailbox.start();
    given.put("mail.smtp.host", "127.0.0.1");
    given.put("mail.smtp.port", Integer.toString(mailbox.getSmtp().getPort()));
    given.put("mail.smtp.security", "none");
    module = module(settings);
    passports = module.passports();
  }

  /** The module with further settings, name by value. */
  PassportModule module(String... settings) {
    Map<String, String> all = new HashMap<>(given);
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return over(all);
  }

  PassportModule withoutMail(String... settings) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return over(all);
  }

  private PassportModule over(Map<String, String> all) {
    String url = all.getOrDefault("public.url", "http://127.0.0.1:18100");
    return PassportModule.over(
        base.identity,
        PassportConfig.from(
            TestSettings.of(PassportConfig.settings(), only(PassportConfig.settings(), all))),
        MailConfig.from(TestSettings.of(MailConfig.settings(), only(MailConfig.settings(), all))),
        SignOnConfig.from(
            TestSettings.of(SignOnConfig.settings(), only(SignOnConfig.settings(), all))),
        () -> url);
  }

  private static Map<String, String> only(List<Setting<?>> known, Map<String, String> all) {
    Map<String, String> some = new HashMap<>(all);
    some.keySet().retainAll(known.stream().map(Setting::name).toList());
    return some;
  }

  void register(String email) {
    passports.register(registration(email), HERE);
  }

  static Registration registration(String email) {
    return new Registration(email, PASSWORD, Optional.empty(), "localhost", MailLanguage.EN);
  }

  /** Registers somebody and brings back what the mail said. */
  SignedIn verified(String email) {
    register(email);
    return passports.verify(token(email), SignedIn.Kind.BEARER, HERE);
  }

  SignedIn login(String email, String password) {
    return login(email, password, Optional.empty());
  }

  SignedIn login(String email, String password, Optional<String> code) {
    return passports.login(
        new LoginAttempt(account(email), password, code, SignedIn.Kind.BEARER), HERE);
  }

  static NamedAccount account(String email) {
    return new NamedAccount(email, Optional.empty(), "localhost");
  }

  /** Sends what is to be sent. */
  void sendMails() {
    sendMails(module);
  }

  static void sendMails(PassportModule module) {
    module.offers().all(RecurringJob.class).stream()
        .filter(job -> job.name().equals("identity.mails"))
        .forEach(job -> job.work().run());
  }

  /** The token of the newest mail to an address, after sending. */
  String token(String email) {
    sendMails();
    Matcher matcher = TOKEN.matcher(body(mailsTo(email).getLast()));
    if (!matcher.find()) {
      throw new AssertionError("no link in the mail to " + email);
    }
    return matcher.group(1);
  }

  List<MimeMessage> mailsTo(String email) {
    return new ArrayList<>(
        Arrays.stream(mailbox.getReceivedMessages()).filter(mail -> isTo(mail, email)).toList());
  }

  private static boolean isTo(MimeMessage mail, String email) {
    try {
      return mail.getAllRecipients()[0].toString().equals(email);
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String body(MimeMessage mail) {
    try {
      return mail.getContent().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  long count(String sql) {
    return base.database
        .transactions()
        .read(tx -> tx.sql().fetchSingle("select count(*) from " + sql).get(0, Long.class));
  }

  @Override
  public void close() {
    mailbox.stop();
    base.close();
  }
}
