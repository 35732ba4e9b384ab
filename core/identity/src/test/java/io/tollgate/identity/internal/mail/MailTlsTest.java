package io.tollgate.identity.internal.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tollgate.data.testing.TestSettings;
import io.tollgate.identity.MailConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mails go to a server whose certificate is believed, and in private, or not at all. */
@Tag("slow")
class MailTlsTest {
  private static final String[] KEYSTORE = {
    "greenmail.tls.keystore.file", "greenmail.tls.keystore.password", "greenmail.tls.key.password"
  };
  @TempDir static Path folder;
  private static OwnCertificate here;
  private static OwnCertificate elsewhere;

  @BeforeAll
  static void make() {
    here = OwnCertificate.of(folder, "ip:127.0.0.1");
    elsewhere = OwnCertificate.of(folder, "dns:mail.example");
  }

  @AfterAll
  static void forget() {
    for (String name : KEYSTORE) {
      System.clearProperty(name);
    }
  }

  @Test
  void a_mail_arrives_over_tls_where_the_certificate_is_of_the_authority_that_is_set()
      throws Exception {
    GreenMail server = greenMail(here);
    try {
      int port = server.getSmtps().getPort();
      refused(sender("tls", port));
      send(sender("tls", port, "mail.smtp.ca.file", here.certificate().toString()));
      assertThat(server.getReceivedMessages()).hasSize(1);
      assertThat(server.getReceivedMessages()[0].getSubject()).isEqualTo("Prüfung");
    } finally {
      server.stop();
    }
  }

  @Test
  void a_certificate_of_another_host_is_refused_over_tls() {
    GreenMail server = greenMail(elsewhere);
    try {
      refused(
          sender(
              "tls",
              server.getSmtps().getPort(),
              "mail.smtp.ca.file",
              elsewhere.certificate().toString()));
      assertThat(server.getReceivedMessages()).isEmpty();
    } finally {
      server.stop();
    }
  }

  @Test
  void a_connection_that_begins_in_the_open_goes_on_in_private_before_anything_is_told()
      throws Exception {
    try (StartTlsServer server = new StartTlsServer(here.context(), true)) {
      send(sender("starttls", server.port(), "mail.smtp.ca.file", here.certificate().toString()));
      assertThat(server.open()).hasSize(2).last().isEqualTo("STARTTLS");
      assertThat(server.secret()).anyMatch(line -> line.startsWith("RCPT TO:<ann@a.example>"));
      assertThat(server.secret()).contains(".");
    }
  }

  @Test
  void a_server_that_does_not_go_on_in_private_is_told_nothing() {
    try (StartTlsServer server = new StartTlsServer(here.context(), false)) {
      refused(
          sender("starttls", server.port(), "mail.smtp.ca.file", here.certificate().toString()));
      assertThat(server.open()).noneMatch(line -> line.contains("ann@a.example"));
      assertThat(server.secret()).isEmpty();
    }
  }

  @Test
  void a_certificate_that_nobody_knows_and_one_of_another_host_are_refused_after_starttls() {
    try (StartTlsServer server = new StartTlsServer(elsewhere.context(), true)) {
      refused(sender("starttls", server.port()));
      refused(
          sender(
              "starttls", server.port(), "mail.smtp.ca.file", elsewhere.certificate().toString()));
      assertThat(server.open()).noneMatch(line -> line.contains("ann@a.example"));
      assertThat(server.secret()).noneMatch(line -> line.contains("ann@a.example"));
    }
  }

  @Test
  void a_file_without_certificates_is_named_at_the_start() throws Exception {
    Path nothing = Files.writeString(folder.resolve("nothing.pem"), "nothing");
    for (Path file : new Path[] {nothing, folder.resolve("absent.pem")}) {
      assertThatThrownBy(() -> sender("tls", 25, "mail.smtp.ca.file", file.toString()))
          .hasMessageContaining("mail.smtp.ca.file")
          .hasMessageContaining(file.toString());
    }
  }

  private static GreenMail greenMail(OwnCertificate certificate) {
    String[] values = {
      certificate.keyStore().toString(), OwnCertificate.PASSWORD, OwnCertificate.PASSWORD
    };
    for (int i = 0; i < KEYSTORE.length; i++) {
      System.setProperty(KEYSTORE[i], values[i]);
    }
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
    server.start();
    return server;
  }

  private static SmtpSender sender(String security, int port, String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("mail.smtp.host", "127.0.0.1");
    settings.put("mail.smtp.port", Integer.toString(port));
    settings.put("mail.smtp.security", security);
    settings.put("mail.timeout.ms", "5000");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return new SmtpSender(MailConfig.from(TestSettings.of(MailConfig.settings(), settings)));
  }

  private static void send(SmtpSender sender) throws MailRefusedException {
    sender.send("ann@a.example", new MailText("Prüfung", "Hello"), "mark@tollgate", Instant.EPOCH);
  }

  /** It is tried again later: who runs the server may mend it. */
  private static void refused(SmtpSender sender) {
    assertThatThrownBy(() -> send(sender))
        .isInstanceOfSatisfying(
            MailRefusedException.class, refused -> assertThat(refused.forGood()).isFalse());
  }
}
