package io.tollgate.identity.internal.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.identity.MailConfig;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/** Hands mails to the mail server (SMTP, RFC 5321), one connection for each. Blocking. */
public final class SmtpSender {
  private static final int PERMANENT = 500;

  private final MailConfig config;
  private final String host;
  private final Session session;

  public SmtpSender(MailConfig config) {
    this.config = config;
    this.host =
        config.host().orElseThrow(() -> new IllegalArgumentException("no mail server is set"));
    this.session = Session.getInstance(properties(config));
  }

  /**
   * Sends one.
   *
   * @param mark the same each time the mail is sent, so that one that arrives twice can be known
   * @throws MailRefusedException when the server does not want it, or is not there
   */
  void send(String recipient, MailText text, String mark, Instant now) throws MailRefusedException {
    try {
      MimeMessage message = new MarkedMessage(session, mark);
      message.setFrom(new InternetAddress(config.from().value(), true));
      Address to = new InternetAddress(recipient, true);
      message.setRecipient(Message.RecipientType.TO, to);
      message.setSubject(text.subject().replaceAll("\\p{Cntrl}", " "), UTF_8.name());
      message.setText(text.body(), UTF_8.name());
      message.setSentDate(Date.from(now));
      // no answer by machines, RFC 3834
      message.setHeader("Auto-Submitted", "auto-generated");
      message.saveChanges();
      try (Transport transport =
          session.getTransport(config.security() == MailConfig.Security.TLS ? "smtps" : "smtp")) {
        transport.connect(
            host, config.port(), config.user().orElse(null), config.password().orElse(null));
        transport.sendMessage(message, new Address[] {to});
      }
    } catch (MessagingException e) {
      throw refused(e);
    }
  }

  /** The code of the server where it gave one, never its text: that may say anything. */
  private static MailRefusedException refused(MessagingException fault) {
    for (Exception at = fault; at != null; ) {
      int code =
          switch (at) {
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSendFailedException sent -> sent.getReturnCode();
            default -> 0;
          };
      if (code > 0) {
        return new MailRefusedException("SMTP " + code, code >= PERMANENT, fault);
      }
      at = at instanceof MessagingException messaging ? messaging.getNextException() : null;
    }
    boolean noAddress = fault instanceof jakarta.mail.internet.AddressException;
    return new MailRefusedException(fault.getClass().getSimpleName(), noAddress, fault);
  }

  private static Properties properties(MailConfig config) {
    String timeout = Long.toString(config.timeout().toMillis());
    Properties properties = new Properties();
    for (String protocol : new String[] {"smtp", "smtps"}) {
      String prefix = "mail." + protocol + ".";
      properties.put(prefix + "connectiontimeout", timeout);
      properties.put(prefix + "timeout", timeout);
      properties.put(prefix + "writetimeout", timeout);
      properties.put(prefix + "auth", Boolean.toString(config.user().isPresent()));
      properties.put(prefix + "ssl.checkserveridentity", "true");
      properties.put(prefix + "quitwait", "false");
    }
    config
        .caFile()
        .map(MailTrust::in)
        .ifPresent(
            factory -> {
              properties.put("mail.smtp.ssl.socketFactory", factory);
              properties.put("mail.smtps.ssl.socketFactory", factory);
            });
    boolean starts = config.security() == MailConfig.Security.STARTTLS;
    properties.put("mail.smtp.starttls.enable", Boolean.toString(starts));
    properties.put("mail.smtp.starttls.required", Boolean.toString(starts));
    return properties;
  }

  /** A message whose id is ours. */
  private static final class MarkedMessage extends MimeMessage {
    private final String mark;

    MarkedMessage(Session session, String mark) {
      super(session);
      this.mark = mark;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", "<" + mark + ">");
    }
  }
}
